//! Certificates made for a test: by a company's own authority, or wrong in one way each.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// An authority that a computer trusts which is told its file.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate as a file, and a home to go with it.
    folder: TempDir,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wrong {
    Nothing,
    /// Signed by itself and by nobody else.
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
        Self { issuer: Issuer::new(params, key), folder }
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
        let host = if matches!(wrong, Wrong::Host) { "other.test" } else { "localhost" };
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
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}
