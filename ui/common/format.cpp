// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/format.h"

#include "ui/common/local_time.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

/// Small sums need their first meaningful digits: a picture often costs less than a cent.
int decimalsFor(double usd)
{
    const double size = std::abs(usd);
    if (size == 0.0 || size >= 0.0995)
        return 2;
    return size >= 0.00095 ? 3 : 4;
}

/// The decimal unit in which QLocale writes so many bytes.
double unitOf(qint64 bytes)
{
    double unit = 1.0;
    while (static_cast<double>(bytes) / unit >= 1000.0)
        unit *= 1000.0;
    return unit;
}

} // namespace

ErrorText Format::describe(const Error& error) const
{
    ErrorText text = visgate::describe(error);
    text.message = figures(text.message);
    text.remedy = figures(text.remedy);
    return text;
}

/// Qt's table puts the sign before a Turkish sum, where nobody in Turkey writes that of the dollar.
QString Format::dollars(double usd, int decimals) const
{
    if (m_locale.language() == QLocale::Turkish)
        return m_locale.toString(usd, 'f', decimals) + QChar(QChar::Nbsp) + u'$';
    return m_locale.toCurrencyString(usd, u"$"_s, decimals);
}

bool Format::isSignBehind() const
{
    return dollars(0.0, 2).endsWith(u'$');
}

QString Format::money(double usd) const
{
    constexpr double smallestShown = 0.0001;
    if (usd > 0.0 && usd < smallestShown)
        return tr("under %1").arg(dollars(smallestShown, 4));
    return dollars(usd, decimalsFor(usd));
}

QString Format::money(double usd, AccountId target) const
{
    if (target.isThisComputer())
        return tr("your electricity");
    return target.isPractice() ? tr("%1 play money").arg(money(usd)) : money(usd);
}

QString Format::moneyPerHour(double usd) const
{
    return tr("%1/h").arg(money(usd));
}

QString Format::moneyPerHour(double usd, AccountId target) const
{
    if (target.isThisComputer())
        return tr("your electricity");
    return target.isPractice() ? tr("%1 play money").arg(moneyPerHour(usd)) : moneyPerHour(usd);
}

QString Format::bytes(qint64 bytes) const
{
    return m_locale.formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString Format::gigabytes(double gb) const
{
    const bool whole = std::abs(gb - std::round(gb)) < 0.05;
    return tr("%1 GB").arg(m_locale.toString(gb, 'f', whole ? 0 : 1));
}

QString Format::bytesOf(qint64 bytes, qint64 total) const
{
    if (total <= 0)
        return tr("%1 so far").arg(this->bytes(bytes));
    // Both in the unit of the whole, so that the first grows towards the second.
    const double unit = unitOf(total);
    const QString done = m_locale.toString(static_cast<double>(bytes) / unit, 'f', unit > 1.0 ? 1 : 0);
    return tr("%1 of %2", "bytes that are there, of all: 3.2 of 23.8 GB").arg(done, this->bytes(total));
}

QString Format::transfer(const ModelDownload& download) const
{
    QStringList parts{bytesOf(download.bytes, download.total)};
    if (download.bytesPerSecond > 0.0) {
        const auto rate = static_cast<qint64>(download.bytesPerSecond);
        const int decimals = download.bytesPerSecond / unitOf(rate) < 10.0 ? 1 : 0;
        parts << tr("%1/s", "bytes a second: 180 MB/s")
                     .arg(m_locale.formattedDataSize(rate, decimals, QLocale::DataSizeSIFormat));
    }
    if (const auto left = download.remaining())
        parts << aboutLeft(*left);
    return parts.join(u", "_s);
}

/// An estimate does not count its seconds.
QString Format::aboutLeft(std::chrono::seconds time) const
{
    constexpr qint64 step = 5;
    const auto seconds = time.count();
    if (seconds < 60)
        return tr("about %1 left").arg(tr("%1 s").arg(m_locale.toString((seconds + step - 1) / step * step)));
    return tr("about %1 left").arg(duration(std::chrono::minutes((seconds + 30) / 60)));
}

QString Format::duration(std::chrono::milliseconds time) const
{
    const double seconds = static_cast<double>(time.count()) / 1000.0;
    if (seconds < 9.95)
        return tr("%1 s").arg(m_locale.toString(seconds, 'f', 1));
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 60)
        return tr("%1 s").arg(m_locale.toString(whole));
    if (whole < 3600)
        return whole % 60 == 0 ? tr("%1 min").arg(m_locale.toString(whole / 60))
                               : tr("%1 min %2 s").arg(m_locale.toString(whole / 60), m_locale.toString(whole % 60));
    const qint64 minutes = whole % 3600 / 60;
    return minutes == 0 ? tr("%1 h").arg(m_locale.toString(whole / 3600))
                        : tr("%1 h %2 min").arg(m_locale.toString(whole / 3600), m_locale.toString(minutes));
}

QString Format::dateAndTime(TimePoint time) const
{
    return m_locale.toString(toLocalTime(time), QLocale::ShortFormat);
}

QString Format::moment(TimePoint time) const
{
    const QDateTime local = toLocalTime(time);
    const QDateTime now = QDateTime::currentDateTime();
    QString clock = m_locale.toString(local.time(), QLocale::ShortFormat);
    if (local.date() == now.date())
        return clock;
    const QString day = now.daysTo(local) < 7 ? m_locale.standaloneDayName(local.date().dayOfWeek())
                                              : m_locale.toString(local.date(), QLocale::ShortFormat);
    return day + u' ' + clock;
}

QString Format::integer(qint64 value) const
{
    return m_locale.toString(value);
}

QString Format::figure(const QString& plain) const
{
    const bool isMoney = plain.startsWith(u'$');
    const QString digits = isMoney ? plain.mid(1) : plain;
    bool isNumber = false;
    const double value = digits.toDouble(&isNumber);
    if (!isNumber)
        return plain;
    const auto decimals = static_cast<int>(digits.contains(u'.') ? digits.size() - digits.indexOf(u'.') - 1 : 0);
    return isMoney ? dollars(value, decimals) : m_locale.toString(value, 'f', decimals);
}

QString Format::figures(QString sentence) const
{
    static const QRegularExpression plain(u"\\$\\d+(\\.\\d+)?|(?<![\\d.,])\\d+\\.\\d+(?= (GB|MB|TB|s|min|h)\\b)"_s);
    qsizetype from = 0;
    for (auto match = plain.match(sentence); match.hasMatch(); match = plain.match(sentence, from)) {
        const QString written = figure(match.captured());
        sentence.replace(match.capturedStart(), match.capturedLength(), written);
        from = match.capturedStart() + written.size();
    }
    return sentence;
}

QString Format::timeRange(
    const std::optional<std::chrono::seconds>& low, const std::optional<std::chrono::seconds>& high) const
{
    if (!low || !high)
        return tr("no history yet");
    if (*low == *high)
        return tr("about %1").arg(duration(*low));
    return tr("%1 to %2").arg(duration(*low), duration(*high));
}

} // namespace visgate::ui
