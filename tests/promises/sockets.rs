//! Whom a process talks to, as Linux lists its sockets.
#![cfg(target_os = "linux")]

use std::collections::HashSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses of both ends of every socket of the process, without those of a socket that is not connected.
pub(super) fn addresses(pid: i32) -> Vec<IpAddr> {
    let own: HashSet<String> = fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .filter_map(|file| fs::read_link(file.ok()?.path()).ok())
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let mut found = Vec::new();
    for kind in ["tcp", "tcp6", "udp", "udp6"] {
        let table = fs::read_to_string(format!("/proc/{pid}/net/{kind}")).unwrap_or_default();
        for line in table.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if own.contains(words[9]) {
                found.extend([address(words[1]), address(words[2])]);
            }
        }
    }
    found.retain(|address| !address.is_unspecified());
    found
}

/// `0100007F:1F90` and its like: words of 32 bits, each in the computer's own order of bytes.
fn address(hex: &str) -> IpAddr {
    let hex = hex.split(':').next().unwrap();
    let words = (0..hex.len()).step_by(8).map(|at| u32::from_str_radix(&hex[at..at + 8], 16).unwrap());
    let bytes: Vec<u8> = words.flat_map(u32::to_ne_bytes).collect();
    match <[u8; 4]>::try_from(bytes.as_slice()) {
        Ok(v4) => Ipv4Addr::from(v4).into(),
        Err(_) => Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).unwrap()).to_canonical(),
    }
}

#[test]
fn a_socket_to_another_computer_is_seen() {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    // Nothing is sent: to connect only says where to.
    if socket.connect("192.0.2.1:9").is_ok() {
        let seen = addresses(std::process::id().cast_signed());
        assert!(seen.contains(&Ipv4Addr::new(192, 0, 2, 1).into()), "{seen:?}");
    }
    assert_eq!(address("0100007F:1F90"), Ipv4Addr::LOCALHOST);
    assert_eq!(address("00000000000000000000000001000000:1F90"), Ipv6Addr::LOCALHOST);
    assert_eq!(address("0000000000000000FFFF00000100007F:1F90"), Ipv4Addr::LOCALHOST);
}
