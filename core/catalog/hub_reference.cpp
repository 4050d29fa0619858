// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_reference.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace visgate {

namespace {

/// The hub's rule: letters, digits, '-', '_' and '.', at most 96 characters, none of the marks at an end or doubled.
bool isName(const QString& text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?!.*(--|\\.\\.))[A-Za-z0-9_]([A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?$"));
    return pattern.match(text).hasMatch();
}

std::optional<HubReference> fromSegments(const QStringList& segments)
{
    if (segments.size() < 2 || !isName(segments[0]) || !isName(segments[1]))
        return std::nullopt;
    HubReference reference{segments[0] + QLatin1Char('/') + segments[1], {}};
    const bool namesRevision = segments.size() >= 4
        && (segments[2] == QLatin1String("tree") || segments[2] == QLatin1String("blob")
            || segments[2] == QLatin1String("resolve") || segments[2] == QLatin1String("commit"));
    if (namesRevision && segments[3] != QLatin1String("main"))
        reference.revision = QUrl::fromPercentEncoding(segments[3].toUtf8());
    return reference;
}

} // namespace

std::optional<HubReference> parseHubReference(const QString& text)
{
    QString rest = text.trimmed();
    static const QRegularExpression prefix(QStringLiteral("^(https?://)?(www\\.)?(huggingface\\.co|hf\\.co)/|^hf://"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch link = prefix.match(rest);
    if (link.hasMatch()) {
        rest = rest.mid(link.capturedLength());
        static const QRegularExpression tail(QStringLiteral("[?#].*$"));
        rest.remove(tail);
    }
    const QStringList segments = rest.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    if (!link.hasMatch() && segments.size() != 2)
        return std::nullopt;
    static const QStringList notModels{QStringLiteral("datasets"), QStringLiteral("spaces"), QStringLiteral("docs"),
        QStringLiteral("papers"), QStringLiteral("collections"), QStringLiteral("blog"), QStringLiteral("settings")};
    if (!segments.isEmpty() && notModels.contains(segments.first()))
        return std::nullopt;
    return fromSegments(segments);
}

bool isPlainFilePath(const QString& path)
{
    constexpr qsizetype kLongest = 1024;
    const bool hasStrange = std::any_of(path.begin(), path.end(), [](QChar c) {
        return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0) || c == QLatin1Char('\\');
    });
    const QStringList parts = path.split(QLatin1Char('/'));
    return path.size() <= kLongest && !hasStrange && std::none_of(parts.begin(), parts.end(), [](const QString& part) {
        return part.isEmpty() || part == QLatin1String(".") || part == QLatin1String("..");
    });
}

} // namespace visgate
