// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/redactor_shapes.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace visgate::redaction {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isWordChar(char c)
{
    return isAlphanumeric(c) || c == '_';
}

// What a bearer token or an encoded key consists of (RFC 6750, RFC 4648).
bool isTokenChar(char c)
{
    return isWordChar(c) || c == '-' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=' || c == '%';
}

bool isHostChar(char c)
{
    return isAlphanumeric(c) || c == '.' || c == '-';
}

// Up to where a value without quotes goes.
bool isValueChar(char c)
{
    return static_cast<unsigned char>(c) > ' ' && std::string_view("\"'&\\},;<>").find(c) == std::string_view::npos;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWithoutCase(std::string_view text, std::string_view lowerCasePrefix)
{
    return text.size() >= lowerCasePrefix.size()
        && std::equal(
            lowerCasePrefix.begin(), lowerCasePrefix.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

template <typename Predicate> std::size_t spanOf(std::string_view text, Predicate predicate)
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), predicate) - text.begin());
}

bool hasDigit(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), isDigit);
}

struct Prefix {
    std::string_view text;
    std::size_t minLength; ///< after the prefix; words such as hf_transfer are no tokens
    bool hasDashes = false;
};
constexpr std::array kTokenPrefixes{Prefix{"rpa_", 10}, Prefix{"rps_", 10}, Prefix{"hf_", 16}, Prefix{"ghp_", 16},
    Prefix{"gho_", 16}, Prefix{"ghu_", 16}, Prefix{"ghs_", 16}, Prefix{"ghr_", 16}, Prefix{"github_pat_", 16},
    Prefix{"glpat-", 16, true}, Prefix{"sk-", 16, true}, Prefix{"sk_live_", 10}, Prefix{"xoxb-", 16, true},
    Prefix{"xoxp-", 16, true}, Prefix{"AIza", 30, true}, Prefix{"r8_", 16}};
constexpr std::array<std::string_view, 2> kAccessKeyPrefixes{"AKIA", "ASIA"};

Match matchToken(std::string_view text)
{
    for (const Prefix& prefix : kTokenPrefixes) {
        if (text.substr(0, prefix.text.size()) != prefix.text)
            continue;
        // The services' own tokens are letters and digits throughout; one with a word in it still has a digit.
        const std::string_view rest = text.substr(prefix.text.size());
        const auto isInside = [&prefix](char c) { return isWordChar(c) || (prefix.hasDashes && c == '-'); };
        const std::string_view word = rest.substr(0, spanOf(rest, isInside));
        if (word.size() >= prefix.minLength && (hasDigit(word) || spanOf(word, isAlphanumeric) >= prefix.minLength))
            return {0, prefix.text.size() + word.size()};
    }
    for (const std::string_view prefix : kAccessKeyPrefixes) {
        if (!text.starts_with(prefix))
            continue;
        const std::size_t length = spanOf(text, [](char c) { return (c >= 'A' && c <= 'Z') || isDigit(c); });
        if (length == 20)
            return {0, length};
    }
    return {};
}

Match matchBearer(std::string_view text)
{
    constexpr std::string_view kScheme = "bearer";
    if (!startsWithoutCase(text, kScheme))
        return {};
    const std::size_t spaces = spanOf(text.substr(kScheme.size()), [](char c) { return c == ' '; });
    const std::string_view token = text.substr(kScheme.size() + spaces);
    const std::size_t length = spanOf(token, isTokenChar);
    // Prose speaks of "bearer authentication"; a token has a digit.
    if (spaces == 0 || length < 8 || !hasDigit(token.substr(0, length)))
        return {};
    return {kScheme.size() + spaces, length};
}

struct Name {
    std::string_view text;
    bool isProse = false;   ///< a word of prose as well: behind "NAME: " only what has a digit is a value
    bool takesLine = false; ///< the value is all the rest of its line
};
constexpr std::array kCredentialNames{Name{"authorization"}, Name{"x-api-key"}, Name{"api_key"}, Name{"api-key"},
    Name{"apikey"}, Name{"accesssecret"}, Name{"access_key"}, Name{"aws_secret_access_key"}, Name{"secretaccesskey"},
    Name{"x-amz-signature"}, Name{"x-amz-security-token"}, Name{"aws_session_token"}, Name{"client_secret"},
    Name{"private_key"}, Name{"signature", true}, Name{"sig", true}, Name{"password", true}, Name{"passwd", true},
    Name{"pwd", true}, Name{"secret", true}, Name{"token", true}, Name{"set-cookie", false, true},
    Name{"cookie", false, true}};
constexpr std::array<std::string_view, 4> kSchemes{"bearer ", "basic ", "token ", "aws4-hmac-sha256 "};

// NAME: value, NAME=value, "NAME": "value". An authentication scheme is kept, what follows it is not.
Match matchCredential(std::string_view text)
{
    for (const Name& name : kCredentialNames) {
        if (!startsWithoutCase(text, name.text))
            continue;
        const auto isQuoteOrSpace = [](char c) { return c == ' ' || c == '"' || c == '\'' || c == '\\'; };
        std::size_t keep = name.text.size();
        keep += spanOf(text.substr(keep), isQuoteOrSpace);
        if (keep >= text.size() || (text[keep] != ':' && text[keep] != '='))
            continue;
        const bool isNamed = text.substr(name.text.size(), keep - name.text.size()).find('"') != std::string_view::npos;
        const bool isAssigned = text[keep] == '=';
        ++keep;
        const std::size_t gap = spanOf(text.substr(keep), isQuoteOrSpace);
        const bool isQuoted = text.substr(keep, gap).find_first_of("\"'") != std::string_view::npos;
        keep += gap;
        if (isNamed && !isQuoted) // JSON's number, null or list, which a mask would make unreadable
            continue;
        for (const std::string_view scheme : kSchemes) {
            if (startsWithoutCase(text.substr(keep), scheme)) {
                keep += scheme.size();
                break;
            }
        }
        const auto isInLine = [](char c) { return c != '\n' && c != '\r' && c != '"' && c != '\\'; };
        const std::string_view rest = text.substr(keep);
        const std::size_t length = name.takesLine ? spanOf(rest, isInLine) : spanOf(rest, isValueChar);
        if (name.isProse && !isAssigned && !isQuoted && !hasDigit(rest.substr(0, length)))
            continue;
        return {keep, length};
    }
    return {};
}

// "://user:password@host", and a token that stands there alone.
Match matchUserInfo(std::string_view text)
{
    constexpr std::string_view kStart = "://";
    if (!text.starts_with(kStart))
        return {};
    const std::string_view rest = text.substr(kStart.size());
    const std::string_view authority = rest.substr(0, spanOf(rest, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && std::string_view("/?#\"'<>\\").find(c) == std::string_view::npos;
    }));
    const std::size_t at = authority.rfind('@');
    return at == std::string_view::npos || at == 0 ? Match{} : Match{kStart.size(), at};
}

// "user:password@host" without a scheme, as proxies and databases are written. A digest behind an image's tag is none,
// nor is a mail address.
Match matchBareUserInfo(std::string_view text)
{
    constexpr std::size_t kShortest = 4;
    constexpr std::size_t kLongest = 256;
    const std::size_t user
        = spanOf(text.substr(0, kLongest), [](char c) { return isWordChar(c) || c == '.' || c == '-'; });
    if (user == 0 || user >= text.size() || text[user] != ':' || startsWithoutCase(text, "mailto:"))
        return {};
    const std::string_view rest = text.substr(user + 1, kLongest);
    const std::size_t length = spanOf(rest, [](char c) { return isValueChar(c) && c != '@' && c != '/' && c != ':'; });
    if (length < kShortest || length >= rest.size() || rest[length] != '@')
        return {};
    const std::string_view host = rest.substr(length + 1);
    const std::string_view name = host.substr(0, spanOf(host, isHostChar));
    const bool isHost = name.find('.') != std::string_view::npos || name == "localhost"
        || (name.size() < host.size() && host[name.size()] == ':' && !name.starts_with("sha256"));
    return isHost && !name.empty() ? Match{user + 1, length} : Match{};
}

// A character that can begin a token or a credential's name; most of a text is passed over by this alone.
constexpr std::array<bool, 256> firstLetters()
{
    std::array<bool, 256> is{};
    const auto add = [&is](char c) {
        is[static_cast<std::uint8_t>(c)] = true;
        if (c >= 'a' && c <= 'z')
            is[static_cast<std::uint8_t>(c - 'a' + 'A')] = true;
    };
    for (const Prefix& prefix : kTokenPrefixes)
        add(prefix.text.front());
    for (const Name& name : kCredentialNames)
        add(name.text.front());
    add('A');
    add('b');
    return is;
}
constexpr auto kIsFirstLetter = firstLetters();

} // namespace

Match matchShape(std::string_view text, char before)
{
    if (text.front() == ':')
        return matchUserInfo(text);
    const bool beginsWord = !isWordChar(before);
    if (beginsWord && isWordChar(text.front()) && before != '.' && before != '-' && before != '/') {
        if (const Match found = matchBareUserInfo(text); found.mask > 0)
            return found;
    }
    if (!kIsFirstLetter[static_cast<std::uint8_t>(text.front())])
        return {};
    if (beginsWord) {
        for (const auto matcher : {matchToken, matchBearer}) {
            if (const Match found = matcher(text); found.mask > 0)
                return found;
        }
    }
    // DB_PASSWORD=…, x_token=…
    return beginsWord || before == '_' ? matchCredential(text) : Match{};
}

} // namespace visgate::redaction
