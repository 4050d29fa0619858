// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/base64.h"
#include "core/foundation/http/message.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/redactor.h"

#include <atomic>
#include <cstdio>
#include <gmock/gmock.h>
#include <random>
#include <regex>
#include <thread>

using testing::HasSubstr;
using testing::Not;

namespace visgate {
namespace {

/// Of these characters, anew at each call.
auto randomTextOf(std::mt19937& random, std::string_view alphabet)
{
    return [&random, alphabet](std::size_t length) {
        std::string out;
        while (out.size() < length)
            out += alphabet[random() % alphabet.size()];
        return out;
    };
}

TEST(Redactor, ReplacesTheValueAndLeavesTheLine)
{
    Redactor redactor;
    redactor.addSecret("planted-key-42");
    EXPECT_EQ(redactor.redact("using planted-key-42 for a call, planted-key-42!"),
        "using [redacted] for a call, [redacted]!");
    EXPECT_EQ(redactor.redact("nothing here"), "nothing here");
    EXPECT_EQ(redactor.redact(""), "");
}

TEST(Redactor, KnowsNoMoreOfWhatWasDropped)
{
    Redactor redactor;
    EXPECT_TRUE(redactor.addSecret("of one job alone"));
    EXPECT_TRUE(redactor.addSecret("planted-key-42"));
    EXPECT_FALSE(redactor.addSecret("planted-key-42")) << "known already";
    redactor.drop("of one job alone");
    EXPECT_EQ(redactor.redact("of one job alone, planted-key-42"), "of one job alone, [redacted]");
    EXPECT_TRUE(redactor.addSecret("of one job alone"));
    EXPECT_EQ(redactor.redact(base64Encode("of one job alone")).substr(0, 10), "[redacted]");
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

TEST(Redactor, KnowsCredentialsInAddressesAndAssignments)
{
    const Redactor redactor;
    const std::vector<std::pair<std::string, std::string>> cases{
        {"GET https://user:hunter2@example.org/a?b=1 failed", "GET https://[redacted]@example.org/a?b=1 failed"},
        {"git clone https://ghs0meT0ken@host/x", "git clone https://[redacted]@host/x"},
        {"redis://:p4ss/w@rd@cache", "redis://:p4ss/w@rd@cache"},
        {"redis://:p4ssw@rd@cache:6379/0", "redis://[redacted]@cache:6379/0"},
        {"proxy bob:s3cret!x@proxy.example:3128 refused", "proxy bob:[redacted]@proxy.example:3128 refused"},
        {"https://a/b?sig=AbC%2Fdef%3D&se=2030", "https://a/b?sig=[redacted]&se=2030"},
        {"https://a/b?AWSAccessKeyId=x&Signature=abc%2Fdef&Expires=1",
            "https://a/b?AWSAccessKeyId=x&Signature=[redacted]&Expires=1"},
        {"Credential=a/b, SignedHeaders=host, Signature=0123abcd",
            "Credential=a/b, SignedHeaders=host, Signature=[redacted]"},
        {"password=hunter2 user=x", "password=[redacted] user=x"},
        {"DB_PASSWORD='hunter two'", "DB_PASSWORD='[redacted] two'"},
        {R"({"password":"open sesame","x":1})", R"({"password":"[redacted] sesame","x":1})"},
        {"passwd: hunter2", "passwd: [redacted]"},
        {"Cookie: session=abc; theme=dark\nHost: x", "Cookie: [redacted]\nHost: x"},
        {"set-cookie: id=42; Path=/; HttpOnly\r\nX: 1", "set-cookie: [redacted]\r\nX: 1"},
        {"access_token=abcdef&x=1", "access_token=[redacted]&x=1"},
        {"ghp_0123456789abcdefABCDEF0123456789abcd pushed", "[redacted] pushed"},
        {"github_pat_11ABCDEFG0123456789_abcdefghij", "[redacted]"},
        {"key sk-proj-Ab3dEf6hIj9kLm2nOp5q-X_y said no", "key [redacted] said no"},
        {"sk-0123456789abcdefghijABCDEFGHIJ", "[redacted]"},
    };
    for (const auto& [text, expected] : cases) {
        EXPECT_EQ(redactor.redact(text), expected);
        EXPECT_EQ(redactor.redact(expected), expected) << "twice is not once";
    }
}

TEST(Redactor, FindsAKnownValueHoweverItWasWrittenDown)
{
    const std::string kept = "q7!Zk+pL/9&xW\"0v=e%2A";
    const std::string odd = "d1-\\b2\\/c3:d4;e5'f6";
    const std::vector<std::pair<std::string, bool>> secrets{{kept, false}, {odd, false},
        {"plain0Letters9AndDigits", false}, {"plain0Letters9AndDigits", true}, {"wJalrXUtnFEMI/K7MDENG+bPxRfi=", true}};
    const auto each = [](const std::string& text, auto write) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i)
            out += write(text[i], i);
        return out;
    };
    const auto format = [](const char* pattern, char c) {
        char out[16];
        std::snprintf(out, sizeof out, pattern, static_cast<unsigned>(static_cast<unsigned char>(c)));
        return std::string(out);
    };
    for (const auto& [secret, isForgotten] : secrets) {
        Redactor redactor;
        redactor.addSecret(secret);
        if (isForgotten)
            redactor.forget(secret);
        const std::vector<std::pair<const char*, std::string>> written{
            {"raw", secret},
            {"percent", each(secret, [&](char c, std::size_t) { return format("%%%02X", c); })},
            {"percent, partly",
                each(secret, [&](char c, std::size_t i) { return i % 3 ? std::string(1, c) : format("%%%02x", c); })},
            {"percent, twice", each(secret, [&](char c, std::size_t) { return format("%%25%02X", c); })},
            {"hex", each(secret, [&](char c, std::size_t) { return format("%02x", c); })},
            {"HEX", each(secret, [&](char c, std::size_t) { return format("%02X", c); })},
            {"hex dump", each(secret, [&](char c, std::size_t) { return format("%02x ", c); })},
            {"\\u", each(secret, [&](char c, std::size_t) { return format("\\u%04x", c); })},
            {"\\u, partly",
                each(secret,
                    [&](char c, std::size_t i) {
                        return i % 2 && c != '\\' ? std::string(1, c) : format("\\u%04X", c);
                    })},
            {"\\x", each(secret, [&](char c, std::size_t) { return format("\\x%02x", c); })},
            {"HTML, decimal", each(secret, [&](char c, std::size_t) { return format("&#%u;", c); })},
            {"HTML, hex", each(secret, [&](char c, std::size_t) { return format("&#x%x;", c); })},
            {"HTML, names",
                each(secret,
                    [&](char c, std::size_t) {
                        return c == '&' ? "&amp;" : c == '"' ? "&quot;" : c == '\'' ? "&#39;" : std::string(1, c);
                    })},
            {"two lines", secret.substr(0, 9) + "\n" + secret.substr(9)},
            {"two lines, indented", secret.substr(0, 9) + "\r\n    " + secret.substr(9)},
            {"two lines in JSON", secret.substr(0, 9) + "\\n" + secret.substr(9)},
            {"base64", base64Encode("user:" + secret)},
            {"base64 in lines", base64Encode("user:" + secret).insert(15, "\n")},
        };
        for (const auto& [how, text] : written) {
            const std::string out = redactor.redact("before " + text + " after");
            EXPECT_THAT(out, HasSubstr("[redacted]")) << how << ": " << text;
            EXPECT_LE(out.size(), std::string("before [redacted] after").size() + 14) << how << ": " << out;
        }
    }
}

TEST(Redactor, MasksTheHalvesOfAValueThatWasTornOverTwoTexts)
{
    const std::string secret = "fR7kQ2mX9pLw4ZbT6vYc";
    Redactor redactor;
    redactor.addSecret(secret);
    EXPECT_EQ(redactor.redact("the key is " + secret.substr(0, 10)), "the key is [redacted]");
    EXPECT_EQ(redactor.redact(secret.substr(10) + " was the rest"), "[redacted] was the rest");
    EXPECT_EQ(redactor.redact("fR7 is not enough to tell"), "fR7 is not enough to tell");
    EXPECT_EQ(redactor.redact("nor is fR7"), "nor is fR7");
}

TEST(Redactor, MasksABeginningThatIsLongEnoughToMatter)
{
    const std::string secret = "fR7kQ2mX9pLw4ZbT6vYcH3sD8gJn1aEo5uWi";
    Redactor redactor;
    redactor.addSecret(secret);
    EXPECT_EQ(redactor.redact("key " + secret.substr(0, 24) + "... was refused"), "key [redacted]... was refused");
    EXPECT_EQ(redactor.redact("key " + secret.substr(0, 23) + "... was refused"),
        "key " + secret.substr(0, 23) + "... was refused");
    for (const std::string before : {"", "a", "ab"}) {
        const std::string encoded = base64Encode(before + secret).substr(0, 32);
        const std::string redacted = redactor.redact("(" + encoded + ")");
        EXPECT_TRUE(std::regex_match(redacted, std::regex(R"(\(.{0,4}\[redacted\]\))"))) << encoded << ": " << redacted;
    }
}

TEST(Redactor, KeepsAKeptValueThatSharesItsBeginningWithAForgottenOne)
{
    Redactor redactor;
    redactor.addSecret("rpa_one-key-of-mine");
    redactor.addSecret("rpa_other-key-of-mine");
    redactor.addSecret("rpa_third");
    redactor.forget("rpa_one-key-of-mine");
    redactor.forget("never-registered");
    EXPECT_EQ(redactor.redact("a rpa_one-key-of-mine b rpa_other-key-of-mine c rpa_third d never-registered e"),
        "a [redacted] b [redacted] c [redacted] d [redacted] e");
    redactor.addSecret("rpa_one-key-of-mine");
    EXPECT_EQ(redactor.redact("ends with rpa_one-key-o"), "ends with [redacted]") << "it is known whole again";
}

TEST(Redactor, LeavesOrdinaryTextAlone)
{
    const Redactor redactor;
    for (const std::string text :
        {"hf_transfer is a package, hf_hub_download a function", "bearer authentication is needed",
            "missing bearer token", "rpa_ and hf_ are prefixes", "xrpa_ABCDEF0123456789abcdef", "AKIA is short",
            "authorization failed", "the api key was refused", "step 3/4 eta 1.2s", "unexpected token: end of input",
            "password: wrong", "the secret: patience", "signature: none", "sk-learn is a package", "3 cookies: eaten",
            "write to someone@example.org", "mailto:someone@example.org", "https://example.org/a@b?c=d@e",
            "at 12:30:45 ghcr.io/a/worker:1@sha256:0123456789abcdef", "(cat:1.2), ((dog)), <lora:ink:0.8>",
            "https://host:8080/path", "100% of 4 & 5 = 9 \\ 3"})
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
    const auto randomText = randomTextOf(random, "abcXYZ019_-+/=%\"\\{}&: \t.");
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

/// What is redacted may be JSON already; whoever reads it must still be able to.
TEST(Redactor, LeavesJsonReadable)
{
    Redactor redactor;
    redactor.addSecret("nabcdefgh"); // begins like the end of a line break's escape
    redactor.addSecret("ends-in-\\");
    redactor.addSecret("0041-0042-0043");
    const auto redacted = [&redactor](const std::string& message) {
        const std::string line = redactor.redact(nlohmann::json({{"message", message}, {"level", "INFO"}}).dump());
        const auto read = nlohmann::json::parse(line, nullptr, false);
        return read.is_object() ? read.value("message", "(gone)") : "unreadable: " + line;
    };
    EXPECT_EQ(redacted("one\nabcdefgh two"), "one[redacted] two");
    EXPECT_EQ(redacted("ends-in-\\"), "[redacted]");
    EXPECT_EQ(redacted("ends-in-\nabcdefgh"), "[redacted]");
    EXPECT_EQ(redacted("ends-in-\""), "[redacted]");
    EXPECT_EQ(redacted("\\nabcdefgh\""), "\\[redacted]\"");
    EXPECT_EQ(redacted("password=\nhunter22"), "password=[redacted]");
    EXPECT_EQ(redacted("new line\nhf_abcdefghijklmnop0123"), "new line\n[redacted]");
    const std::string hidden = redactor.redact("{\"message\": \"\\u0041-0042-0043\"}");
    EXPECT_EQ(nlohmann::json::parse(hidden, nullptr, false).value("message", ""), "[redacted]") << hidden;

    std::mt19937 random(7);
    const auto randomText = randomTextOf(random, "nrtu0041\"\\/=&%:@\n\t");
    for (int round = 0; round < 300; ++round) {
        const std::string secret = randomText(6 + random() % 8);
        redactor.addSecret(secret);
        const std::string said = redacted(randomText(random() % 12) + secret + " password=" + randomText(9) + " after");
        EXPECT_THAT(said, HasSubstr("after"));
        EXPECT_THAT(said, Not(HasSubstr("unreadable")));
        EXPECT_THAT(said, Not(HasSubstr(secret)));
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
