// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/model_download.h"
#include "core/domain/errors/error_catalog.h"
#include "core/foundation/clock.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

#include <chrono>
#include <optional>

namespace visgate::ui {

/// Figures as the user's language writes them. Money is USD and always says so; practice's is called play money,
/// and what this computer does costs the user's electricity.
class Format {
    Q_DECLARE_TR_FUNCTIONS(Format)

public:
    explicit Format(const QLocale& locale) : m_locale(locale) { }

    [[nodiscard]] const QLocale& locale() const { return m_locale; }
    /// The error's sentences, with the figures in them.
    [[nodiscard]] ErrorText describe(const Error& error) const;
    /// Whether the sign of money stands behind the sum: "25,00 $".
    [[nodiscard]] bool isSignBehind() const;
    [[nodiscard]] QString money(double usd) const;                          ///< "$0.004", "$12.40"
    [[nodiscard]] QString money(double usd, AccountId target) const;        ///< "$0.004 play money", "your electricity"
    [[nodiscard]] QString moneyPerHour(double usd) const;                   ///< "$1.91/h"
    [[nodiscard]] QString moneyPerHour(double usd, AccountId target) const; ///< "$1.91/h play money"
    [[nodiscard]] QString bytes(qint64 bytes) const;                        ///< "6.9 GB", decimal
    [[nodiscard]] QString gigabytes(double gb) const;                       ///< "24 GB"
    [[nodiscard]] QString bytesOf(qint64 bytes, qint64 total) const;        ///< "3.2 of 23.8 GB"; of 0: "3.2 GB so far"
    /// "3.2 of 23.8 GB, 180 MB/s, about 2 min left": as much of it as is known.
    [[nodiscard]] QString transfer(const ModelDownload& download) const;
    [[nodiscard]] QString duration(std::chrono::milliseconds time) const; ///< "4.2 s", "3 min 20 s", "2 h 5 min"
    [[nodiscard]] QString dateAndTime(TimePoint time) const;              ///< local, long
    /// A moment to come, local: "18:30" today, "Monday 18:30" within a week, with its date if it is further off.
    [[nodiscard]] QString moment(TimePoint time) const;
    [[nodiscard]] QString integer(qint64 value) const;
    /// A figure of somebody's English sentence, "$0.79" or "5.1", in the user's form and with as many digits.
    [[nodiscard]] QString figure(const QString& plain) const;
    /// Each such figure of a sentence: sums, and decimal numbers before a unit.
    [[nodiscard]] QString figures(QString sentence) const;
    /// "about 2 min left", "2 to 5 min", or that there is no history to tell from.
    [[nodiscard]] QString timeRange(
        const std::optional<std::chrono::seconds>& low, const std::optional<std::chrono::seconds>& high) const;

private:
    [[nodiscard]] QString dollars(double usd, int decimals) const;
    [[nodiscard]] QString aboutLeft(std::chrono::seconds time) const;

    QLocale m_locale;
};

} // namespace visgate::ui
