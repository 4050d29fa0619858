// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/image_reference.h"

#include <QRegularExpression>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

std::optional<ImageReference> parseImageReference(const QString& text)
{
    static const QRegularExpression shape(u"^(?:(?<host>[A-Za-z0-9.-]+\\.[A-Za-z0-9.-]+(?::\\d+)?|localhost(?::\\d+)?|"
                                          "[A-Za-z0-9.-]+:\\d+)/)?"
                                          "(?<name>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
                                          "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?"
                                          "(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,128}))?$"_s);
    const auto match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    ImageReference reference;
    reference.host = match.captured(u"host"_s);
    reference.repository = match.captured(u"name"_s);
    if (reference.host == "docker.io"_L1 || reference.host == "index.docker.io"_L1)
        reference.host.clear();
    if (reference.host.isEmpty() && !reference.repository.contains(u'/'))
        reference.repository.prepend("library/"_L1);
    reference.version = match.captured(u"digest"_s);
    if (reference.version.isEmpty())
        reference.version = match.captured(u"tag"_s);
    if (reference.version.isEmpty())
        reference.version = u"latest"_s;
    return reference;
}

} // namespace visgate
