// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/preflight_rules.h"

#include <QCoreApplication>

#include <utility>

/// How the rules write their lines. For the preflight_*.cpp files only.
namespace visgate::preflight {

/// Every sentence of the list belongs to the translation context "Preflight".
[[nodiscard]] inline QString say(const char* text)
{
    return QCoreApplication::translate("Preflight", text);
}

[[nodiscard]] inline PreflightLine good(const QString& id, const QString& asked, const QString& detail = {})
{
    return {id, PreflightLevel::Ok, title(id), detail, std::nullopt, asked, false};
}

[[nodiscard]] inline PreflightLine warning(
    const QString& id, const QString& asked, const QString& detail, std::optional<Error> error = {})
{
    return {id, PreflightLevel::Warning, title(id), detail, std::move(error), asked, false};
}

[[nodiscard]] inline PreflightLine blocked(
    const QString& id, const QString& asked, Error error, const QString& detail = {})
{
    return {id, PreflightLevel::Blocked, title(id), detail, std::move(error), asked, false};
}

/// Red, but a person may know better.
[[nodiscard]] inline PreflightLine advice(
    const QString& id, const QString& asked, Error error, const QString& detail = {})
{
    PreflightLine line = blocked(id, asked, std::move(error), detail);
    line.advisory = true;
    return line;
}

/// For a question whose answer did not come in time.
[[nodiscard]] inline PreflightLine late(const QString& id, const QString& asked)
{
    return warning(id, asked, say(QT_TRANSLATE_NOOP("Preflight", "No answer in time; this could not be checked")));
}

[[nodiscard]] inline QString gigabytes(double value)
{
    return say(QT_TRANSLATE_NOOP("Preflight", "%1 GB")).arg(value, 0, 'f', value < 10 ? 1 : 0);
}

/// Practice's are called play money.
[[nodiscard]] inline QString dollars(const PreflightFacts& facts, double usd)
{
    const QString sum = QStringLiteral("$%1").arg(usd, 0, 'f', 2);
    return facts.request.target.isPractice() ? say(QT_TRANSLATE_NOOP("Preflight", "%1 play money")).arg(sum) : sum;
}

/// Whole minutes, rounded up.
[[nodiscard]] inline qint64 minutes(std::chrono::seconds time)
{
    return (time.count() + 59) / 60;
}

/// What a longer limit may cost at most, at the plan's dearest price.
[[nodiscard]] inline double costOf(std::chrono::seconds time, const GpuPlan& plan)
{
    return plan.ceilingUsdPerHour() * static_cast<double>(time.count()) / 3600.0;
}

/// Whether the line "connection" says this already: one trouble is one red line (preflight_connection.cpp).
[[nodiscard]] bool isShownByConnection(const PreflightFacts& facts, const Error& error);

[[nodiscard]] inline Error problem(ErrorCode code, std::vector<std::string> arguments = {}, std::string detail = {})
{
    return Error{code, std::move(detail), 0, {}, std::move(arguments)};
}

} // namespace visgate::preflight
