// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/redactor.h"

#include "core/foundation/base64.h"
#include "core/foundation/http/message.h"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <utility>
#include <vector>

namespace visgate {
namespace {

constexpr std::size_t kMinSecretBytes = 6;

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
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

std::string toJsonEscaped(std::string_view value)
{
    std::string out;
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

std::string toLowerHexEscapes(std::string text)
{
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] == '%') {
            text[i + 1] = lower(text[i + 1]);
            text[i + 2] = lower(text[i + 2]);
        }
    }
    return text;
}

// The part of the base64 of anything that contains `value` which depends on `value` alone, for each of the three ways
// it can lie on the 3-byte groups.
std::vector<std::string> base64Cores(std::string_view value)
{
    std::vector<std::string> cores;
    for (std::size_t offset = 0; offset < 3; ++offset) {
        const std::string padded = std::string(offset, '\0') + std::string(value);
        const std::size_t firstDigit = (offset * 8 + 5) / 6;
        const std::size_t endDigit = padded.size() * 8 / 6;
        for (const std::string& encoded : {base64Encode(padded), base64UrlEncode(padded)})
            cores.push_back(encoded.substr(firstDigit, endDigit - firstDigit));
    }
    return cores;
}

std::vector<std::string> formsOf(std::string_view value)
{
    std::vector<std::string> forms = base64Cores(value);
    const std::string encoded = http::percentEncode(value);
    const std::string escaped = toJsonEscaped(value);
    forms.push_back(encoded);
    forms.push_back(toLowerHexEscapes(encoded));
    forms.push_back(escaped);
    forms.push_back(replaced(escaped, "/", "\\/"));
    forms.emplace_back(value);
    return forms;
}

// --- shapes: each returns how many bytes at the front of `text` to keep and how many after those to mask -----------

struct Match {
    std::size_t keep = 0;
    std::size_t mask = 0;
};

struct Prefix {
    std::string_view text;
    std::size_t minLength; ///< after the prefix; words such as hf_transfer are no tokens
};
constexpr std::array kTokenPrefixes{Prefix{"rpa_", 10}, Prefix{"rps_", 10}, Prefix{"hf_", 16}};

Match matchToken(std::string_view text)
{
    for (const Prefix& prefix : kTokenPrefixes) {
        if (text.substr(0, prefix.text.size()) != prefix.text)
            continue;
        // The services' own tokens are letters and digits throughout; one with a word in it still has a digit.
        const std::string_view rest = text.substr(prefix.text.size());
        const std::string_view word = rest.substr(0, spanOf(rest, isWordChar));
        const bool hasDigit = word.find_first_of("0123456789") != std::string_view::npos;
        if (word.size() >= prefix.minLength && (hasDigit || spanOf(word, isAlphanumeric) >= prefix.minLength))
            return {0, prefix.text.size() + word.size()};
    }
    if (text.substr(0, 4) == "AKIA" || text.substr(0, 4) == "ASIA") {
        const std::size_t length
            = spanOf(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
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
    const bool hasDigit = token.substr(0, length).find_first_of("0123456789") != std::string_view::npos;
    if (spaces == 0 || length < 8 || !hasDigit)
        return {};
    return {kScheme.size() + spaces, length};
}

constexpr std::array<std::string_view, 11> kCredentialNames{"authorization", "x-api-key", "api_key", "api-key",
    "apikey", "accesssecret", "aws_secret_access_key", "secretaccesskey", "x-amz-signature", "x-amz-security-token",
    "aws_session_token"};
constexpr std::array<std::string_view, 4> kSchemes{"bearer ", "basic ", "token ", "aws4-hmac-sha256 "};

// NAME: value, NAME=value, "NAME": "value". An authentication scheme is kept, what follows it is not.
Match matchCredential(std::string_view text)
{
    for (const std::string_view name : kCredentialNames) {
        if (!startsWithoutCase(text, name))
            continue;
        const auto isQuoteOrSpace = [](char c) { return c == ' ' || c == '"' || c == '\'' || c == '\\'; };
        std::size_t keep = name.size();
        keep += spanOf(text.substr(keep), isQuoteOrSpace);
        if (keep >= text.size() || (text[keep] != ':' && text[keep] != '='))
            continue;
        ++keep;
        keep += spanOf(text.substr(keep), isQuoteOrSpace);
        for (const std::string_view scheme : kSchemes) {
            if (startsWithoutCase(text.substr(keep), scheme)) {
                keep += scheme.size();
                break;
            }
        }
        const std::size_t length = spanOf(text.substr(keep),
            [](char c) { return c != ' ' && c != '"' && c != '\'' && c != '&' && c != '\\' && c > ' ' && c != '}'; });
        return {keep, length};
    }
    return {};
}

Match matchShape(std::string_view text)
{
    constexpr std::string_view kFirstLetters = "rhaAbBxXsS";
    if (kFirstLetters.find(text.front()) == std::string_view::npos)
        return {};
    for (const auto matcher : {matchToken, matchBearer, matchCredential}) {
        const Match found = matcher(text);
        if (found.mask > 0)
            return found;
    }
    return {};
}

// `matcher` gets the rest of the text and the character before it.
template <typename Matcher> std::string masked(std::string_view text, Matcher matcher)
{
    std::string out;
    out.reserve(text.size());
    char before = ' ';
    for (std::size_t i = 0; i < text.size();) {
        const Match found = matcher(text.substr(i), before);
        if (found.mask == 0) {
            before = text[i];
            out += text[i++];
        } else {
            out.append(text.substr(i, found.keep)).append(Redactor::mask());
            i += found.keep + found.mask;
            before = ' ';
        }
    }
    return out;
}

} // namespace

class Redactor::Table {
public:
    Table() = default;
    Table(const Table& other) = default;
    Table& operator=(const Table&) = delete;

    ~Table()
    {
        for (auto& bucket : m_buckets) {
            for (std::string& value : bucket)
                OPENSSL_cleanse(value.data(), value.size());
        }
    }

    void add(std::string_view value)
    {
        for (std::string& form : formsOf(value)) {
            auto& bucket = m_buckets[static_cast<unsigned char>(form.front())];
            if (form.size() < kMinSecretBytes || std::find(bucket.begin(), bucket.end(), form) != bucket.end())
                continue;
            bucket.push_back(std::move(form));
            std::sort(bucket.begin(), bucket.end(),
                [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
        }
    }

    [[nodiscard]] Match match(std::string_view text) const
    {
        for (const std::string& value : m_buckets[static_cast<unsigned char>(text.front())]) {
            if (text.substr(0, value.size()) == value)
                return {0, value.size()};
        }
        return {};
    }

private:
    std::array<std::vector<std::string>, 256> m_buckets; ///< by first byte, longest first
};

Redactor::Redactor() : m_table(std::make_shared<const Table>()) { }

Redactor::~Redactor() = default;

void Redactor::addSecret(std::string_view value)
{
    if (value.size() < kMinSecretBytes)
        return;
    const std::lock_guard lock(m_mutex);
    auto extended = std::make_shared<Table>(*m_table);
    extended->add(value);
    m_table = std::move(extended);
}

std::string Redactor::redact(std::string_view text) const
{
    const std::shared_ptr<const Table> known = table();
    // Known values go first: a shape may end inside one that holds an unusual character.
    const std::string withoutKnown = masked(text, [&known](std::string_view rest, char) { return known->match(rest); });
    return masked(withoutKnown,
        [](std::string_view rest, char before) { return isWordChar(before) ? Match{} : matchShape(rest); });
}

std::shared_ptr<const Redactor::Table> Redactor::table() const
{
    const std::lock_guard lock(m_mutex);
    return m_table;
}

} // namespace visgate
