// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/request.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QString toString(KeyKind kind)
{
    return kind == KeyKind::HuggingFace ? u"hf"_s : u"runpod"_s;
}

std::optional<KeyKind> keyKindFromString(const QString& text)
{
    for (const KeyKind kind : {KeyKind::Runpod, KeyKind::HuggingFace}) {
        if (text == toString(kind))
            return kind;
    }
    return std::nullopt;
}

} // namespace visgate
