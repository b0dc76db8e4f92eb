//! Certificates made for a test: by a company's own authority, or wrong in one way each.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// An authority that a computer trusts which is told its file.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate as a file, and a home to go with it.
    folder: TempDir,
    asked_for: Arc<Mutex<Vec<Option<String>>>>,
}

/// One certificate for whatever is asked for, which is remembered.
#[derive(Debug)]
struct Resolver {
    key: Arc<CertifiedKey>,
    asked_for: Arc<Mutex<Vec<Option<String>>>>,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.asked_for.lock().unwrap().push(hello.server_name().map(str::to_owned));
        Some(Arc::clone(&self.key))
    }
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wrong {
    Nothing,
    /// Signed by itself alone.
    SelfSigned,
    /// Its time was over long ago.
    Expired,
    /// Its time is still to come.
    NotYet,
    /// It is for `other.test`.
    Host,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("company.pem"), certificate.pem()).unwrap();
        Self { issuer: Issuer::new(params, key), folder, asked_for: Arc::default() }
    }

    /// Where its certificate lies, for `SSL_CERT_FILE`.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("company.pem")
    }

    /// The folder in which that file lies, and where a program may have its home.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The server's side of TLS, with a certificate for localhost that is wrong in this way.
    pub(crate) fn acceptor(&self, wrong: Wrong) -> TlsAcceptor {
        self.acceptor_for(if matches!(wrong, Wrong::Host) { "other.test" } else { "localhost" }, wrong)
    }

    /// The same with a certificate for `host`.
    pub(crate) fn acceptor_for(&self, host: &str, wrong: Wrong) -> TlsAcceptor {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        match wrong {
            Wrong::Expired => {
                (params.not_before, params.not_after) =
                    (date_time_ymd(2001, 1, 1), date_time_ymd(2002, 2, 3));
            }
            Wrong::NotYet => {
                (params.not_before, params.not_after) =
                    (date_time_ymd(2998, 4, 5), date_time_ymd(2999, 1, 1));
            }
            _ => {}
        }
        let key = KeyPair::generate().unwrap();
        let certificate = match wrong {
            Wrong::SelfSigned => params.self_signed(&key).unwrap(),
            _ => params.signed_by(&key, &self.issuer).unwrap(),
        };
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = ring::default_provider();
        let key = CertifiedKey::from_der(chain, key, &provider).unwrap();
        let resolver = Resolver { key: Arc::new(key), asked_for: Arc::clone(&self.asked_for) };
        let config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        TlsAcceptor::from(Arc::new(config))
    }

    /// The names of servers that were asked for (SNI) where its certificates are, one for each connection.
    pub(crate) fn asked_for(&self) -> Vec<Option<String>> {
        self.asked_for.lock().unwrap().clone()
    }
}
