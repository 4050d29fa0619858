// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/base64.h"
#include "core/foundation/http/message.h"
#include "core/foundation/redactor.h"

#include <atomic>
#include <gmock/gmock.h>
#include <random>
#include <thread>

using testing::HasSubstr;
using testing::Not;

namespace visgate {
namespace {

TEST(Redactor, ReplacesTheValueAndLeavesTheLine)
{
    Redactor redactor;
    redactor.addSecret("planted-key-42");
    EXPECT_EQ(redactor.redact("using planted-key-42 for a call, planted-key-42!"),
        "using [redacted] for a call, [redacted]!");
    EXPECT_EQ(redactor.redact("nothing here"), "nothing here");
    EXPECT_EQ(redactor.redact(""), "");
}

TEST(Redactor, FindsEncodedForms)
{
    const std::string secret = "p/lan+ted=\"key\\42";
    Redactor redactor;
    redactor.addSecret(secret);
    EXPECT_EQ(redactor.redact("u=" + http::percentEncode(secret) + "&x"), "u=[redacted]&x");
    EXPECT_EQ(redactor.redact("u=p%2flan%2bted%3d%22key%5c42&x"), "u=[redacted]&x");
    EXPECT_EQ(redactor.redact(R"({"k":"p/lan+ted=\"key\\42"})"), R"({"k":"[redacted]"})");
    EXPECT_EQ(redactor.redact(R"({"k":"p\/lan+ted=\"key\\42"})"), R"({"k":"[redacted]"})");
    // Inside a longer encoded text, whatever stands before and behind it.
    for (const std::string before : {"", "a", "ab", "abc", "user:"}) {
        for (const std::string after : {"", "z", "yz", "xyz"}) {
            std::string plain = before;
            plain.append(secret).append(after);
            for (const std::string& encoded : {base64Encode(plain), base64UrlEncode(plain)}) {
                const std::string out = redactor.redact(encoded);
                EXPECT_THAT(out, HasSubstr("[redacted]")) << encoded;
                // The digits that are left have no room for more than three bytes of the secret.
                const std::size_t digits = out.size() - Redactor::mask().size();
                EXPECT_LE(digits * 6 / 8, before.size() + after.size() + 3) << encoded << " -> " << out;
            }
        }
    }
}

TEST(Redactor, KnowsTokenShapes)
{
    const Redactor redactor;
    const std::vector<std::pair<std::string, std::string>> cases{
        {"key rpa_ABCDEF0123456789abcdef used", "key [redacted] used"},
        {"\"hf_abcdefghijklmnopqrstuvwxyzABCDEFGH\"", "\"[redacted]\""},
        {"secret=rps_0123456789ABCDEF;", "secret=[redacted];"},
        {"a token of one's own: hf_practice_of_the_house_8wRz", "a token of one's own: [redacted]"},
        {"AKIAIOSFODNN7EXAMPLE is the id", "[redacted] is the id"},
        {"Authorization: Bearer abc.def-123", "Authorization: Bearer [redacted]"},
        {"authorization: 0123-raw-key", "authorization: [redacted]"},
        {R"({"Authorization":"Basic dXNlcjpwYXNz","x":1})", R"({"Authorization":"Basic [redacted]","x":1})"},
        {"sent bearer tok3n-of-someone", "sent bearer [redacted]"},
        {"GET /graphql?api_key=SECRETVALUE&q=1", "GET /graphql?api_key=[redacted]&q=1"},
        {"X-API-Key: vg_12345", "X-API-Key: [redacted]"},
        {"AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AWS_SECRET_ACCESS_KEY=[redacted]"},
        {R"("s3Config":{"accessSecret":"shhh","bucketName":"b"})",
            R"("s3Config":{"accessSecret":"[redacted]","bucketName":"b"})"},
        {"https://h/o?X-Amz-Signature=abcdef0123&X-Amz-Date=1", "https://h/o?X-Amz-Signature=[redacted]&X-Amz-Date=1"},
    };
    for (const auto& [text, expected] : cases) {
        EXPECT_EQ(redactor.redact(text), expected);
        EXPECT_EQ(redactor.redact(expected), expected) << "twice is not once";
    }
}

TEST(Redactor, LeavesOrdinaryTextAlone)
{
    const Redactor redactor;
    for (const std::string text :
        {"hf_transfer is a package, hf_hub_download a function", "bearer authentication is needed",
            "missing bearer token", "rpa_ and hf_ are prefixes", "xrpa_ABCDEF0123456789abcdef", "AKIA is short",
            "authorization failed", "the api key was refused", "step 3/4 eta 1.2s"})
        EXPECT_EQ(redactor.redact(text), text);
}

TEST(Redactor, MasksAKnownValueWholeEvenInsideAShape)
{
    Redactor redactor;
    redactor.addSecret("pass&word \"1\"");
    EXPECT_EQ(redactor.redact("Authorization: pass&word \"1\""), "Authorization: [redacted]");
}

TEST(Redactor, DoesNotTakeShortValues)
{
    Redactor redactor;
    redactor.addSecret("");
    redactor.addSecret("cat");
    EXPECT_EQ(redactor.redact("concatenate"), "concatenate");
}

TEST(Redactor, NeverLetsARegisteredValueThrough)
{
    // Random secrets in random surroundings: none may be found in the output, in any form.
    std::mt19937 random(11);
    const std::string alphabet = "abcXYZ019_-+/=%\"\\{}&: \t.";
    const auto randomText = [&](std::size_t length) {
        std::string out;
        while (out.size() < length)
            out += alphabet[random() % alphabet.size()];
        return out;
    };
    for (int round = 0; round < 300; ++round) {
        Redactor redactor;
        std::vector<std::string> secrets;
        for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
            secrets.push_back(randomText(6 + random() % 30));
            redactor.addSecret(secrets.back());
        }
        std::string text;
        for (int i = 0; i < 6; ++i) {
            const std::string& secret = secrets[random() % secrets.size()];
            text += randomText(random() % 12);
            text += i % 2 == 0 ? secret : http::percentEncode(secret);
        }
        const std::string out = redactor.redact(text);
        for (const std::string& secret : secrets) {
            EXPECT_THAT(out, Not(HasSubstr(secret))) << text;
            EXPECT_THAT(out, Not(HasSubstr(http::percentEncode(secret)))) << text;
        }
    }
}

TEST(Redactor, LearnsWhileOthersUseIt)
{
    Redactor redactor;
    redactor.addSecret("first-secret");
    std::atomic<bool> enough = false;
    std::vector<std::thread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!enough)
                EXPECT_EQ(redactor.redact("a first-secret"), "a [redacted]");
        });
    }
    for (int i = 0; i < 50; ++i)
        redactor.addSecret("secret-number-" + std::to_string(i));
    enough = true;
    for (std::thread& reader : readers)
        reader.join();
    EXPECT_EQ(redactor.redact("secret-number-49"), "[redacted]");
}

} // namespace
} // namespace visgate
