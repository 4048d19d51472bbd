//! Whose certificates are believed: the system's list of authorities, read once.
//!
//! The list is the system's and not our own, because an office may have an authority of its own, and
//! because a list that grows old with the program would be worse. Certificates are judged here and not
//! by the system, whose judge may ask the issuer over the network (OCSP, missing links of the chain):
//! a fetch tells nobody but the site.

use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

/// Whose certificates are believed.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// Those whom the system believes.
    #[default]
    System,
    /// These authorities alone.
    Only(Vec<CertificateDer<'static>>),
}

impl Trust {
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        static SYSTEM: OnceLock<Arc<ClientConfig>> = OnceLock::new();
        match self {
            Self::Only(authorities) => configured(authorities.clone()),
            Self::System => {
                if let Some(config) = SYSTEM.get() {
                    return Ok(config.clone());
                }
                let config = configured(rustls_native_certs::load_native_certs().certs)?;
                Ok(SYSTEM.get_or_init(|| config).clone())
            }
        }
    }
}

fn configured(authorities: Vec<CertificateDer<'static>>) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    // Single certificates that cannot be read are left out: systems keep odd ones.
    let (known, _) = roots.add_parsable_certificates(authorities);
    if known == 0 {
        return Err("this computer has no list of certificate authorities; install ca-certificates".into());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A session that is taken up again would let a site know two visits as one.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(Arc::new(config))
}
