// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/planted.h"

#include "core/foundation/base64.h"
#include "core/foundation/hash.h"
#include "core/foundation/json/json_value.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <gtest/gtest.h>

namespace visgate::test {

namespace {

constexpr std::size_t kPiece = 12;
constexpr std::size_t kFirstLine = 10;

std::string each(const std::string& text, const char* pattern)
{
    std::string out;
    for (const char c : text) {
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, pattern, static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += buffer;
    }
    return out;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string partly(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        out += i % 3 == 1 ? each(text.substr(i, 1), "%%%02x") : text.substr(i, 1);
    return out;
}

std::string quoted(const std::string& text)
{
    return nlohmann::json(text).dump();
}

using Write = std::function<std::string(const std::string&)>;
struct Way {
    const char* name;
    Write write;
    bool keepsLooks = false; ///< what a secret looks like survives it
};

std::vector<Way> ways()
{
    return {{"plain", [](const std::string& text) { return text; }, true},
        {"base64", [](const std::string& text) { return base64Encode(text + "..."); }},
        {"base64url", [](const std::string& text) { return base64UrlEncode("u:" + text); }},
        {"base64, cut off", [](const std::string& text) { return base64Encode(text).substr(0, 28); }},
        {"hex", [](const std::string& text) { return toHex(text); }},
        {"HEX", [](const std::string& text) { return upper(toHex(text)); }},
        {"percent", [](const std::string& text) { return each(text, "%%%02X"); }}, {"percent, partly", partly},
        {"u escapes", [](const std::string& text) { return each(text, "\\u%04x"); }},
        {"HTML", [](const std::string& text) { return each(text, "&#%u;"); }},
        {"two lines",
            [](const std::string& text) { return text.substr(0, kFirstLine) + '\n' + text.substr(kFirstLine); }},
        {"JSON in JSON",
            [](const std::string& text) { return quoted("{\"message\":" + quoted("said: " + text) + ",\"more\":1}"); },
            true}};
}

/// What may be left of a written secret is shorter than a piece.
void addPieces(const std::string& written, std::size_t line, QList<QByteArray>& pieces)
{
    for (std::size_t at = 0; at + line <= written.size(); at += line)
        pieces.append(QByteArray::fromStdString(written.substr(at, line)));
}

} // namespace

const std::vector<std::string>& strangersSecrets()
{
    static const std::vector<std::string> secrets{"rpa_ABCDEFGH0123456789pl4nted", "hf_AbCdEfGhIjKlMnpl4ntedUvWxYz0",
        "AKIAPL4NTED012345678", "Authorization: Bearer pl4nted.bearer-0123",
        "https://bob:pl4nted-password@example.org/x", "proxy carol:pl4nted-proxy@proxy.example:3128",
        "https://a/b?sig=pl4nted%2Fsignature", "Signature=pl4nted0signature", "password=pl4nted-second",
        "password=\xC3\xA7-pl4nted-\xC3\xBC", "ghp_0123456789pl4ntedABCDEF", "sk-proj-pl4nted0123456789abc",
        "X-API-Key: pl4nted-api-key-42", "github_pat_11pl4nted0123456789_abc",
        "https://b/o?X-Amz-Signature=pl4nted99&x=1", "Cookie: session=pl4nted-cookie; b=c"};
    return secrets;
}

std::vector<PlantedText> plantedTexts(const std::vector<std::string>& own, const std::vector<std::string>& strangers)
{
    std::vector<PlantedText> texts;
    for (const Way& way : ways()) {
        PlantedText planted;
        planted.way = way.name;
        std::string text = planted.sentence().toStdString();
        for (const std::string& secret : own) {
            const std::string written = way.write(secret);
            text += " ; " + written;
            const bool isTorn = planted.way == "two lines";
            const bool isBase64 = planted.way.starts_with("base64");
            // Digits of base64 at its ends belong to what stands beside the secret as well.
            const std::string core
                = isBase64 ? written.substr(4, std::min<std::size_t>(written.size(), 28) - 8) : written;
            const bool isReadable = isTorn || planted.way == "JSON in JSON";
            addPieces(isReadable ? secret : core, isTorn ? kFirstLine : kPiece, planted.never);
        }
        for (const std::string& secret : strangers) {
            if (way.keepsLooks)
                text += " ; " + way.write(secret);
        }
        if (!strangers.empty())
            planted.never += {"pl4nted", "PL4NTED"};
        planted.text = QString::fromStdString(text);
        texts.push_back(std::move(planted));
    }
    return texts;
}

void expectNone(const QByteArray& bytes, const std::vector<PlantedText>& texts, const QString& where)
{
    for (const PlantedText& planted : texts) {
        for (const QByteArray& piece : planted.never) {
            const auto at = bytes.indexOf(piece);
            EXPECT_LT(at, 0) << where.toStdString() << ", " << planted.way << ": holds " << piece.toStdString()
                             << " in …" << bytes.mid(std::max<qsizetype>(at - 80, 0), 160).toStdString();
            if (at >= 0)
                break;
        }
    }
}

int expectNoneInFiles(const QString& folder, const std::vector<PlantedText>& texts)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue; // a socket
        expectNone(file.readAll(), texts, file.fileName());
        ++looked;
    }
    return looked;
}

} // namespace visgate::test
