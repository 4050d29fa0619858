// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/peer_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

namespace visgate::worker::platform {
namespace {

/// Large enough for both kinds.
sockaddr_storage addressOf(const std::string& text)
{
    sockaddr_storage storage{};
    if (text.find(':') == std::string::npos) {
        auto& four = reinterpret_cast<sockaddr_in&>(storage);
        four.sin_family = AF_INET;
        EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &four.sin_addr), 1) << text;
    } else {
        auto& six = reinterpret_cast<sockaddr_in6&>(storage);
        six.sin6_family = AF_INET6;
        EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1) << text;
    }
    return storage;
}

bool isPublic(const std::string& text)
{
    const sockaddr_storage address = addressOf(text);
    return platform::isPublic(reinterpret_cast<const sockaddr&>(address));
}

TEST(PeerAddress, WhatTheInternetDoesNotReachIsNotPublic)
{
    for (const char* text : {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
             "127.0.0.1", "127.255.0.1", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255",
             "192.0.0.170", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
             "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "febf::1",
             "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:169.254.169.254", "::ffff:10.0.0.1",
             "::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "2002:a9fe:a9fe::1",
             "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"}) {
        EXPECT_FALSE(isPublic(text)) << text;
    }
    for (const char* text : {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
             "192.0.1.1", "192.167.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111",
             "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2a00:1450:4001::200e"}) {
        EXPECT_TRUE(isPublic(text)) << text;
    }
}

TEST(PeerAddress, TheOtherFormsOfAnAddressCountAsWell)
{
    const auto isLinkLocal = [](const std::string& text) {
        const sockaddr_storage address = addressOf(text);
        return isLinkLocalOrUnspecified(reinterpret_cast<const sockaddr&>(address));
    };
    for (const char* text : {"169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1",
             "fe80::1", "0.0.0.0", "::"}) {
        EXPECT_TRUE(isLinkLocal(text)) << text;
    }
    for (const char* text : {"127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fd00::1", "8.8.8.8"}) {
        EXPECT_FALSE(isLinkLocal(text)) << text;
    }
    const auto isOwn = [](const std::string& text) {
        const sockaddr_storage address = addressOf(text);
        return isLoopback(reinterpret_cast<const sockaddr&>(address));
    };
    EXPECT_TRUE(isOwn("127.0.0.1"));
    EXPECT_TRUE(isOwn("::1"));
    EXPECT_FALSE(isOwn("2002:7f00:1::")) << "a gateway is asked, not this computer";
}

} // namespace
} // namespace visgate::worker::platform
