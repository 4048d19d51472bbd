//! Which addresses are on the open internet (F-3).
//!
//! Everything else is refused: this computer, the networks it stands in, what is reserved for
//! documents and tests, and IPv6 addresses that carry such an IPv4 address inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are no one's on the open internet: first address and length of the prefix
/// (IANA's special-purpose registry, and multicast).
const CLOSED: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Whether `address` belongs to a computer on the open internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |(first, length): &([u8; 4], u32)| {
        (address.to_bits() ^ Ipv4Addr::from(*first).to_bits()) >> (32 - length) == 0
    };
    !CLOSED.iter().any(within)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match (a, b) {
        // IPv4 in an IPv6 coat, and as seen through NAT64.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => v4(g, h),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => v4(g, h),
        // 6to4.
        (0x2002, _) => v4(b, c),
        // Protocol assignments (Teredo among them), and two blocks for documentation.
        (0x2001, 0..0x200 | 0xdb8) | (0x3fff, 0..0x1000) => false,
        // The rest of what may be routed at all: loopback, local, multicast and the like are outside it.
        _ => a >> 13 == 0b001,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(public: bool, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn every_closed_block_is_closed_from_its_first_address_to_its_last() {
        check(false, &["0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0"]);
        check(false, &["100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254"]);
        check(false, &["172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.77"]);
        check(false, &["192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255"]);
        check(false, &["198.51.100.9", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1"]);
        check(false, &["255.255.255.255"]);
    }

    #[test]
    fn the_neighbours_of_closed_blocks_are_open() {
        check(true, &["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0"]);
        check(true, &["126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255"]);
        check(true, &["172.32.0.0", "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0"]);
        check(true, &["192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255"]);
        check(true, &["203.0.114.0", "223.255.255.255", "8.8.8.8"]);
    }

    #[test]
    fn ipv6_is_closed_where_it_is_local_reserved_or_hides_a_closed_ipv4() {
        check(false, &["::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.1.2.3"]);
        check(false, &["64:ff9b::10.0.0.1", "64:ff9b::192.168.1.1", "64:ff9b:1::8.8.8.8", "100::1"]);
        check(false, &["2001::1", "2001:0:4136:e378::1", "2001:1ff::1", "2001:db8::1", "2002:a00:1::1"]);
        check(false, &["2002:7f00:1::", "2002:c0a8:101::1", "3fff:fff::1", "fc00::1", "fdff::1", "fe80::1"]);
        check(false, &["febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "5f00::1", "4000::1"]);
        check(true, &["2001:200::1", "2606:4700::1111", "2a00:1450::1", "3fff:1000::1", "::ffff:8.8.8.8"]);
        check(true, &["64:ff9b::8.8.8.8", "2002:808:808::1", "2001:db7::1"]);
    }
}
