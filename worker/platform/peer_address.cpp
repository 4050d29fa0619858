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
    if (const auto four = ipv4(address)) {
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
    if (const auto four = ipv4(address)) {
        const std::uint32_t a = *four >> 24U;
        const std::uint32_t b = *four >> 16U & 0xffU;
        const bool isPrivate = a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
        const bool isShared = a == 100 && b >= 64 && b < 128;
        return !isPrivate && !isShared && a < 224; // from there on: multicast and reserved
    }
    const in6_addr six = ipv6(address);
    const unsigned first = six.s6_addr[0];
    return (first & 0xfeU) != 0xfcU && first != 0xffU;
}

} // namespace visgate::worker::platform
