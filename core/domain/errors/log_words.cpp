// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/log_words.h"

#include "core/domain/errors/error_catalog.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <optional>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Every sentence that the engine writes into a deployment's log (tests/lint/source_rules.py compares them), and those
/// it makes of a worker's events. A form with a longer beginning stands before one that begins alike.
constexpr std::array kForms{
    QT_TRANSLATE_NOOP("Log", "Validating Hugging Face model"),
    QT_TRANSLATE_NOOP("Log", "HF model validated"),
    QT_TRANSLATE_NOOP("Log", "Selected GPU: %1"),
    QT_TRANSLATE_NOOP("Log", "Placed in %1: %2"),
    QT_TRANSLATE_NOOP("Log", "No machine is free in %1; trying everywhere"),
    QT_TRANSLATE_NOOP("Log", "No machine is free in %1; looking for another plan"),
    QT_TRANSLATE_NOOP("Log", "Next plan: %1 at up to %2, +%3 above the price agreed to; waiting for an answer"),
    QT_TRANSLATE_NOOP("Log", "Next plan: %1 at up to %2, other GPUs than those agreed to; waiting for an answer"),
    QT_TRANSLATE_NOOP("Log", "Next plan: %1 at up to %2 (%3%4)"),
    QT_TRANSLATE_NOOP("Log", "The dearer plan was accepted"),
    QT_TRANSLATE_NOOP("Log", "The dearer plan was declined"),
    QT_TRANSLATE_NOOP("Log", "The other plan was accepted"),
    QT_TRANSLATE_NOOP("Log", "The other plan was declined"),
    QT_TRANSLATE_NOOP("Log", "Endpoint %1 created"),
    QT_TRANSLATE_NOOP("Log", "Endpoint %1 found by its name"),
    QT_TRANSLATE_NOOP("Log", "Endpoint %1 was asleep at max 0; it is back"),
    QT_TRANSLATE_NOOP("Log", "no answer to the create call (%1); looking for the endpoint by its name"),
    QT_TRANSLATE_NOOP("Log", "removing a second endpoint of the same name"),
    QT_TRANSLATE_NOOP("Log", "GPU obtained: %1"),
    QT_TRANSLATE_NOOP("Log", "Ready: this endpoint has shown it before"),
    QT_TRANSLATE_NOOP("Log", "Ready: a worker of this endpoint is up"),
    QT_TRANSLATE_NOOP("Log", "Ready: its first picture was made"),
    QT_TRANSLATE_NOOP("Log", "Ready: the worker answered a debug job"),
    QT_TRANSLATE_NOOP("Log", "Ready: a job was completed"),
    QT_TRANSLATE_NOOP("Log", "Ready: worker %1 says so"),
    QT_TRANSLATE_NOOP("Log", "Ready: the worker reported it"),
    QT_TRANSLATE_NOOP("Log", "Ready: %1"),
    QT_TRANSLATE_NOOP("Log", "%1: longer than usual (%2 minutes)"),
    QT_TRANSLATE_NOOP("Log", "Pool policy: %1"),
    QT_TRANSLATE_NOOP("Log", "Warm until %1"),
    QT_TRANSLATE_NOOP("Log", "The warm time is over: idle time-out %1 s again"),
    QT_TRANSLATE_NOOP("Log", "A small job holds it warm"),
    QT_TRANSLATE_NOOP("Log", "A small job warms it up"),
    QT_TRANSLATE_NOOP("Log", "No worker can be kept warm: %1 small jobs failed"),
    QT_TRANSLATE_NOOP("Log", "Always on costs $%1 a month, which was not agreed to: it stays on demand"),
    QT_TRANSLATE_NOOP("Log", "Always on: one worker at least"),
    QT_TRANSLATE_NOOP("Log", "No longer always on"),
    QT_TRANSLATE_NOOP("Log", "New limits: %1"),
    QT_TRANSLATE_NOOP("Log", "limit reached (%1): $%2 spent, stop at $%3"),
    QT_TRANSLATE_NOOP("Log", "limit in sight (%1): $%2 spent, tell at $%3"),
    QT_TRANSLATE_NOOP("Log", "Rolled back to release %1, which is release %2 now"),
    QT_TRANSLATE_NOOP("Log", "Asked for: back to release %1"),
    QT_TRANSLATE_NOOP("Log", "No return to release %1: %2"),
    QT_TRANSLATE_NOOP("Log", "An endpoint of the same name has other settings: this one gets a name of its own"),
    QT_TRANSLATE_NOOP("Log", "The endpoint that was being woken sleeps again"),
    QT_TRANSLATE_NOOP("Log", "Paused: the endpoint goes on, another deployment uses it"),
    QT_TRANSLATE_NOOP("Log", "Paused: no worker runs"),
    QT_TRANSLATE_NOOP("Log", "Resumed"),
    QT_TRANSLATE_NOOP("Log", "resumed elsewhere: the maximum of workers is %1"),
    QT_TRANSLATE_NOOP("Log", "changed elsewhere: %1 from %2 to %3"),
    QT_TRANSLATE_NOOP("Log", "Removed: kept at max 0 until %1, then deleted"),
    QT_TRANSLATE_NOOP("Log", "The time for which it was kept is over"),
    QT_TRANSLATE_NOOP("Log", "Its endpoint is in use again, by %1"),
    QT_TRANSLATE_NOOP("Log", "the endpoint stays: another deployment has it, too"),
    QT_TRANSLATE_NOOP("Log", "the endpoint stays: another program or computer made it"),
    QT_TRANSLATE_NOOP("Log", "Deleted"),
    QT_TRANSLATE_NOOP("Log", "Nothing is left running"),
    QT_TRANSLATE_NOOP("Log", "The account has a new key"),
    QT_TRANSLATE_NOOP("Log", "The provider refused: %1"),
    QT_TRANSLATE_NOOP("Log", "The provider refused %1: %2"),
    QT_TRANSLATE_NOOP("Log", "the provider no longer has this endpoint"),
    QT_TRANSLATE_NOOP("Log", "the provider set the maximum of workers to 0"),
    QT_TRANSLATE_NOOP("Log", "the provider answers again"),
    QT_TRANSLATE_NOOP("Log", "stopping: %1"),
    QT_TRANSLATE_NOOP("Log", "refused the transition %1 -> %2"),
    QT_TRANSLATE_NOOP("Log", "%1; trying again. %2"),
};

/// What the engine makes of a worker's events, where the form can be nobody else's.
constexpr std::array kWorkerForms{
    QT_TRANSLATE_NOOP("Log", "worker starts"),
    QT_TRANSLATE_NOOP("Log", "listening on %1, port %2"),
    QT_TRANSLATE_NOOP("Log", "gpu: %1, %2 GB"),
    QT_TRANSLATE_NOOP("Log", "download: %1 of %2 GB"),
    QT_TRANSLATE_NOOP("Log", "download: %1 GB"),
    QT_TRANSLATE_NOOP("Log", "ready: %1 on %2, loaded in %3 s"),
    QT_TRANSLATE_NOOP("Log", "step %1 of %2"),
    QT_TRANSLATE_NOOP("Log", "result: %1 in %2 s"),
    QT_TRANSLATE_NOOP("Log", "fallback: %1 to %2 (%3)"),
};

/// What stands in the places %1, %2 ... of the form; nothing if the line has another.
std::optional<QStringList> filledIn(const QString& form, const QString& line)
{
    QStringList parts;
    qsizetype read = 0;
    qsizetype at = 0;
    while (true) {
        const qsizetype place = form.indexOf(u'%', at);
        const QStringView words = QStringView(form).mid(at, place < 0 ? -1 : place - at);
        if (at == 0 && !line.startsWith(words))
            return std::nullopt;
        // Each place holds a character at least; the last words end the line.
        const qsizetype found = at == 0 ? 0
            : place < 0                 ? (line.endsWith(words) ? line.size() - words.size() : -1)
                                        : line.indexOf(words, read + 1);
        if (at > 0 && found <= read)
            return std::nullopt;
        if (at > 0)
            parts.append(line.mid(read, found - read));
        read = found + words.size();
        if (place < 0)
            return read == line.size() ? std::optional(parts) : std::nullopt;
        at = place + 2;
    }
}

/// Sums, and what is a decimal number as a whole; not the digits of a version.
QString withFigures(QString text, const LogFigure& figure)
{
    static const QRegularExpression plain(u"\\$\\d+(\\.\\d+)?|^\\d+\\.\\d+$"_s);
    if (!figure)
        return text;
    qsizetype from = 0;
    for (auto match = plain.match(text); match.hasMatch(); match = plain.match(text, from)) {
        const QString written = figure(match.captured());
        text.replace(match.capturedStart(), match.capturedLength(), written);
        from = match.capturedStart() + written.size();
    }
    return text;
}

/// "MODEL_NOT_FOUND: why" as its sentence, with the reason behind it.
std::optional<QString> errorWords(const QString& line)
{
    const QString name = line.section(u':', 0, 0);
    const ErrorCode code = errorCodeFromString(name.toStdString());
    if (QString::fromStdString(std::string(toString(code))) != name)
        return std::nullopt;
    const QString detail = line.mid(name.size() + 1).trimmed();
    const QString sentence = describe(Error{code, {}, 0, {}, {}}).message;
    return detail.isEmpty() ? sentence : sentence + u' ' + detail;
}

/// The form in the user's language, with these parts: all at once, since what stands in one place may look like
/// another.
QString filled(const char* form, const QStringList& parts, const LogFigure& figure)
{
    QString words = QCoreApplication::translate("Log", form);
    for (qsizetype at = words.indexOf(u'%'); at >= 0; at = words.indexOf(u'%', at)) {
        const int number = at + 1 < words.size() ? words.at(at + 1).digitValue() : -1;
        if (number < 1 || number > parts.size()) {
            ++at;
            continue;
        }
        const QString& part = parts.at(number - 1);
        // A sum whose sign stands in the form is one figure with it.
        const qsizetype sign = at > 0 && words.at(at - 1) == u'$' ? 1 : 0;
        const QString shown = withFigures(words.mid(at - sign, sign) + errorWords(part).value_or(part), figure);
        words.replace(at - sign, sign + 2, shown);
        at += shown.size() - sign;
    }
    return words;
}

template <std::size_t count>
std::optional<QString> inForms(
    const std::array<const char*, count>& forms, const QString& line, const LogFigure& figure)
{
    for (const char* const form : forms) {
        if (const auto parts = filledIn(QString::fromLatin1(form), line))
            return filled(form, *parts, figure);
    }
    return std::nullopt;
}

} // namespace

QString logWords(const LogLine& line, const LogFigure& figure)
{
    const QString text = QString::fromStdString(line.text);
    if (line.source != "engine")
        return inForms(kWorkerForms, text, figure).value_or(text);
    if (const auto words = inForms(kForms, text, figure))
        return *words;
    return errorWords(text).value_or(text);
}

} // namespace visgate
