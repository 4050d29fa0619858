// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/flows/target.h"
#include "cli/options.h"
#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/operations/catalogue.h"

#include <QJsonArray>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

QString stockWords(Stock stock)
{
    switch (stock) {
    case Stock::None:
        return say(QT_TRANSLATE_NOOP("Cli", "none"));
    case Stock::Low:
        return say(QT_TRANSLATE_NOOP("Cli", "few"));
    case Stock::Medium:
        return say(QT_TRANSLATE_NOOP("Cli", "some"));
    case Stock::High:
        return say(QT_TRANSLATE_NOOP("Cli", "many"));
    case Stock::Unknown:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Cli", "not known"));
}

Outcome runGpus(Context& context)
{
    const auto offers = context.session().ask(ListGpuOffers{targetOf(context)});
    if (!offers)
        return tl::unexpected(Failure(offers.error()));
    if (context.wantsJson()) {
        QJsonArray array;
        for (const GpuOffer& offer : *offers)
            array.append(toJson(offer));
        context.print(QJsonObject{{u"gpus"_s, array}});
        return ExitCode::Ok;
    }
    QList<QStringList> table{{say(QT_TRANSLATE_NOOP("Cli", "GPU")), say(QT_TRANSLATE_NOOP("Cli", "Pool")),
        say(QT_TRANSLATE_NOOP("Cli", "Memory")), say(QT_TRANSLATE_NOOP("Cli", "Price")),
        say(QT_TRANSLATE_NOOP("Cli", "Free"))}};
    for (const GpuOffer& offer : *offers)
        table.append({offer.name, offer.pool.isEmpty() ? u"-"_s : offer.pool,
            say(QT_TRANSLATE_NOOP("Cli", "%1 GB")).arg(offer.memoryGb, 0, 'f', 0),
            offer.isFree                 ? say(QT_TRANSLATE_NOOP("Cli", "your electricity"))
                : offer.usdPerHour > 0.0 ? perHour(offer.usdPerHour)
                                         : u"-"_s,
            stockWords(offer.stock)});
    context.print(table);
    if (const QString source = offers->isEmpty() ? QString() : offers->constFirst().source; source != "live"_L1)
        context.note(say(QT_TRANSLATE_NOOP("Cli", "Published prices of %1. Store a Runpod key to see what holds now."))
                         .arg(source));
    return ExitCode::Ok;
}

} // namespace

Command gpusCommand()
{
    return {
        .name = u"gpus"_s,
        .summary = QT_TRANSLATE_NOOP("Cli", "List the GPUs on offer, with memory, price and how many are free"),
        .options = {targetOption()},
        .examples = {u"visgatectl gpus --target practice"_s},
        .run = runGpus,
    };
}

} // namespace visgate::cli
