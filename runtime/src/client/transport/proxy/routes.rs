//! Which proxy a target is reached through.

use crate::client::transport::proxy::settings::{Proxies, ProxyUrl};
use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::fmt;
use std::net::IpAddr;

/// Decides which proxy a target is reached through.
pub(in crate::client) struct Routes {
    /// The library knows hosts, addresses and networks, but no ports. So the entries of `NO_PROXY`
    /// with the same port have a matcher of their own. Those without a port come first.
    matchers: Vec<(Option<u16>, Matcher)>,
}

/// The proxy of a target. `Display` prints its host and port.
pub(in crate::client) struct Proxy(Intercept);

impl Routes {
    pub(in crate::client) fn new(proxies: &Proxies) -> Self {
        let mut lists = vec![(None, String::new())];
        let separators = |c: char| c == ',' || c.is_ascii_whitespace();
        for entry in proxies.no_proxy.split(separators) {
            let (host, port) = host_and_port(entry);
            let host = match host.strip_prefix('*') {
                // The library takes `*` for all names, but not for addresses.
                Some("") => "*,0.0.0.0/0,::/0",
                // `*.example.com`, which some write, means the same as `.example.com`.
                Some(domain) if domain.starts_with('.') => domain,
                _ => host,
            };
            if let Some((_, list)) = lists.iter_mut().find(|(of, _)| *of == port) {
                list.push(',');
                list.push_str(host);
            } else {
                lists.push((port, host.to_owned()));
            }
        }
        let url = |url: &Option<ProxyUrl>| url.as_ref().map_or("", ProxyUrl::as_str).to_owned();
        let matcher = |list| {
            Matcher::builder()
                .http(url(&proxies.http))
                .https(url(&proxies.https))
                .no(list)
                .build()
        };
        let matchers = lists
            .into_iter()
            .map(|(port, list)| (port, matcher(list)))
            .collect();
        Self { matchers }
    }

    /// The proxy for a target; `None` if it is reached directly.
    pub(in crate::client) fn proxy(&self, target: &Uri) -> Option<Proxy> {
        let port = port(target);
        let mut proxy = None;
        for (of, matcher) in &self.matchers {
            if of.is_none_or(|of| of == port) {
                proxy = Some(Proxy(matcher.intercept(target)?));
            }
        }
        proxy
    }
}

impl Proxy {
    pub(in crate::client) fn uri(&self) -> &Uri {
        self.0.uri()
    }

    /// The value of `Proxy-Authorization`, if the URL has a user.
    pub(in crate::client) fn authorization(&self) -> Option<&HeaderValue> {
        self.0.basic_auth()
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&host_with_port(self.uri()))
    }
}

/// The host and the port of a URL, such as `example.com:443`.
pub(super) fn host_with_port(uri: &Uri) -> String {
    format!("{}:{}", uri.host().unwrap_or_default(), port(uri))
}

/// The port of a URL, or that of its scheme.
fn port(uri: &Uri) -> u16 {
    let of_scheme = || match uri.scheme() == Some(&Scheme::HTTP) {
        true => 80,
        false => 443,
    };
    uri.port_u16().unwrap_or_else(of_scheme)
}

/// Splits an entry of `NO_PROXY`: `host`, `host:port`, `address`, `[address]:port`, `network/bits`.
fn host_and_port(entry: &str) -> (&str, Option<u16>) {
    if entry.parse::<IpAddr>().is_ok() {
        return (entry, None);
    }
    let (host, port) = match entry.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
        _ => (entry, None),
    };
    let address = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    (address.unwrap_or(host), port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(no_proxy: &str) -> Routes {
        let url = |url| Some(ProxyUrl::new("test", url).unwrap());
        Routes::new(&Proxies {
            http: url("http://for-http:1"),
            https: url("for-https"),
            no_proxy: no_proxy.to_owned(),
        })
    }

    fn proxy(routes: &Routes, target: &str) -> Option<String> {
        routes
            .proxy(&target.parse().unwrap())
            .map(|it| it.to_string())
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let routes = routes("");
        assert_eq!(proxy(&routes, "http://a").unwrap(), "for-http:1");
        assert_eq!(proxy(&routes, "https://a").unwrap(), "for-https:80");
        // As in curl and botocore, local targets are no exception.
        assert_eq!(proxy(&routes, "http://localhost").unwrap(), "for-http:1");
        let none = Routes::new(&Proxies::default());
        assert_eq!(proxy(&none, "https://a"), None);
    }

    #[test]
    fn no_proxy_exempts_hosts_domains_addresses_and_ports() {
        for (list, exempt, others) in [
            (
                "*",
                &["https://a", "http://10.0.0.1", "http://[::1]"][..],
                &[][..],
            ),
            (
                "a.b",
                &["https://a.b", "http://x.A.b:8080"],
                &["https://xa.b", "https://a.b.c"],
            ),
            (".a.b", &["https://a.b", "https://x.a.b"], &["https://xa.b"]),
            ("*.a.b", &["https://x.a.b"], &["https://xa.b"]),
            (
                "x, a\tb c,d",
                &["http://a", "http://b", "http://c", "http://d"],
                &["http://e"],
            ),
            (
                "10.0.0.0/8 1.1.1.1",
                &["https://10.1.2.3", "http://1.1.1.1:81"],
                &["https://11.0.0.1"],
            ),
            (
                "::1,fd00::/8",
                &["https://[::1]:4", "http://[fd00::2]"],
                &["https://[fe00::1]"],
            ),
            ("[::1]", &["https://[::1]:4"], &["https://[::2]"]),
            (
                "a:8080",
                &["http://a:8080", "https://x.a:8080"],
                &["http://a", "http://a:8081"],
            ),
            (
                "a:443,b:80",
                &["https://a", "http://b"],
                &["http://a", "https://b"],
            ),
            (
                "[::1]:81,1.1.1.1:81",
                &["http://[::1]:81", "http://1.1.1.1:81"],
                &["http://1.1.1.1"],
            ),
            ("*:81", &["http://a:81"], &["http://a:82"]),
            ("a:99999,:,[", &[], &["http://a:9999"]),
        ] {
            let routes = routes(list);
            for target in exempt {
                assert_eq!(proxy(&routes, target), None, "{list}: {target}");
            }
            for target in others {
                assert!(proxy(&routes, target).is_some(), "{list}: {target}");
            }
        }
    }
}
