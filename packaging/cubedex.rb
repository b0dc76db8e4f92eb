# Homebrew's formula, filled in by `packaging/make recipes`.
class Cubedex < Formula
  desc "Terminal browser for the customers of a Cube account"
  homepage "@URL@"
  version "@VERSION@"
  license "MIT"

  on_macos do
    on_arm do
      url "@URL@/releases/download/v@VERSION@/cubedex-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@URL@/releases/download/v@VERSION@/cubedex-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@URL@/releases/download/v@VERSION@/cubedex-@VERSION@-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-gnu@"
    end
    on_intel do
      url "@URL@/releases/download/v@VERSION@/cubedex-@VERSION@-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-gnu@"
    end
  end

  def install
    bin.install "cubedex"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/cubedex.bash" => "cubedex"
    zsh_completion.install "completions/_cubedex"
    fish_completion.install "completions/cubedex.fish"
    doc.install Dir["*.md"], "docs", "LICENCES-OF-OTHERS.txt"
  end

  test do
    assert_match "Olas Produksjon AS", shell_output("#{bin}/cubedex get 9120011999 --demo")
  end
end
