// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/peer_address.h"

#include <cstdint>
#include <cstring>
#include <optional>
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace visgate::worker::platform {
namespace {

/// In host order; none if it is not an IPv4 address, not even inside an IPv6 one.
std::optional<std::uint32_t> ipv4(const sockaddr& address)
{
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return ntohl(four.sin_addr.s_addr);
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &address, sizeof six);
        if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) {
            std::uint32_t last = 0;
            std::memcpy(&last, six.sin6_addr.s6_addr + 12, sizeof last);
            return ntohl(last);
        }
    }
    return std::nullopt;
}

in6_addr ipv6(const sockaddr& address)
{
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return six.sin6_addr;
}

std::uint32_t fourBytes(const in6_addr& six, std::size_t at)
{
    std::uint32_t value = 0;
    std::memcpy(&value, six.s6_addr + at, sizeof value);
    return ntohl(value);
}

/// The IPv4 address that a packet to this one may end at: behind NAT64 (64:ff9b::/96, RFC 6052), by 6to4 (2002::/16,
/// RFC 3056), and in the old form ::a.b.c.d.
std::optional<std::uint32_t> reachedIpv4(const sockaddr& address)
{
    constexpr std::uint32_t nat64 = 0x0064ff9bU;
    if (const auto four = ipv4(address)) {
        return four;
    }
    if (address.sa_family != AF_INET6) {
        return std::nullopt;
    }
    const in6_addr six = ipv6(address);
    const bool hasEmptyMiddle = fourBytes(six, 4) == 0 && fourBytes(six, 8) == 0;
    const bool isOldForm = fourBytes(six, 0) == 0 && fourBytes(six, 12) > 1; // not :: and ::1, which are IPv6's own
    if (hasEmptyMiddle && (fourBytes(six, 0) == nat64 || isOldForm)) {
        return fourBytes(six, 12);
    }
    if (six.s6_addr[0] == 0x20 && six.s6_addr[1] == 0x02) {
        return fourBytes(six, 0) << 16U | fourBytes(six, 4) >> 16U;
    }
    return std::nullopt;
}

bool isPublicIpv4(std::uint32_t address)
{
    constexpr std::uint32_t platformOfAzure = 0xa83f8110U; ///< 168.63.129.16, which only its machines reach
    const auto isIn = [address](std::uint32_t network, unsigned bits) {
        return address >> (32U - bits) == network >> (32U - bits);
    };
    const bool isReserved = isIn(0x00000000U, 8) || isIn(0x0a000000U, 8) || isIn(0x64400000U, 10)
        || isIn(0x7f000000U, 8) || isIn(0xa9fe0000U, 16) || isIn(0xac100000U, 12) || isIn(0xc0000000U, 24)
        || isIn(0xc0000200U, 24) || isIn(0xc0a80000U, 16) || isIn(0xc6120000U, 15) || isIn(0xc6336400U, 24)
        || isIn(0xcb007100U, 24) || address >> 24U >= 224; // from there on: multicast and reserved
    return !isReserved && address != platformOfAzure;
}

} // namespace

bool isLoopback(const sockaddr& address)
{
    if (const auto four = ipv4(address)) {
        return *four >> 24U == 127;
    }
    if (address.sa_family != AF_INET6) {
        return false;
    }
    const in6_addr six = ipv6(address);
    return IN6_IS_ADDR_LOOPBACK(&six);
}

bool isLinkLocalOrUnspecified(const sockaddr& address)
{
    if (const auto four = reachedIpv4(address)) {
        return *four >> 16U == 0xa9feU || *four >> 24U == 0;
    }
    if (address.sa_family != AF_INET6) {
        return true;
    }
    const in6_addr six = ipv6(address);
    return IN6_IS_ADDR_LINKLOCAL(&six) || IN6_IS_ADDR_UNSPECIFIED(&six);
}

bool isPublic(const sockaddr& address)
{
    if (isLoopback(address) || isLinkLocalOrUnspecified(address)) {
        return false;
    }
    if (const auto four = reachedIpv4(address)) {
        return isPublicIpv4(*four);
    }
    const in6_addr six = ipv6(address);
    const unsigned first = six.s6_addr[0];
    const bool isSiteLocal = first == 0xfe && (six.s6_addr[1] & 0xc0U) == 0xc0;
    const bool isTeredo = fourBytes(six, 0) == 0x20010000U; // an IPv4 address lies hidden in it
    return (first & 0xfeU) != 0xfcU && first != 0xffU && !isSiteLocal && !isTeredo;
}

} // namespace visgate::worker::platform
