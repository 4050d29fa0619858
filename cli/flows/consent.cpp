// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/consent.h"

namespace visgate::cli {

bool isYes(const QString& answer)
{
    return answer.startsWith(u'y', Qt::CaseInsensitive) || answer.startsWith(u'e', Qt::CaseInsensitive);
}

bool agreesTo(Context& context, const QString& price, const QString& question, const QString& wayOut)
{
    if (context.line.has("yes"))
        return true;
    context.note(price);
    if (!context.terminal.isInteractive()) {
        context.note(wayOut);
        return false;
    }
    const auto answer = context.terminal.ask(question, context.session().interrupt());
    return answer && isYes(*answer);
}

} // namespace visgate::cli
