"""Which addresses of the network are everybody's. The others are this machine's neighbours."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Only 2000::/3 is given out to the public (RFC 4291). Outside lie the loopback, the local links and
# every form that carries an IPv4 address: mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96).
GIVEN_OUT = IPv6Network("2000::/3")
# Within it, these carry an IPv4 address or are no host's: Teredo and its kin, documentation, 6to4.
NOT_HOSTS = (
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
)
# What some releases of Python take for global: the protocols' own, and the relays of 6to4.
NOT_HOSTS_V4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


def is_public(address: str) -> bool:
    """False for anything that is not one address of a host of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _public_v4(found) if isinstance(found, IPv4Address) else _public_v6(found)


def _public_v4(address: IPv4Address) -> bool:
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in NOT_HOSTS_V4)


def _public_v6(address: IPv6Address) -> bool:
    # An address with a zone (fe80::1%eth0) is never in a network.
    if address.scope_id or address not in GIVEN_OUT:
        return False
    return address.is_global and not any(address in network for network in NOT_HOSTS)
