// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

/// Runpod's documents to values and back: pure functions, no network. Bodies are REST v2 as of August 2026. Readers
/// take any bytes: unknown fields and states are kept out of the way, a missing optional field is a default, a missing
/// required one is UnexpectedReply naming it.
namespace visgate::runpod {

/// What every create carries besides the spec.
struct CreateOptions {
    QString flashboot = QStringLiteral("FLASHBOOT"); ///< OFF, FLASHBOOT or PRIORITY_FLASHBOOT
    QString minCudaVersion;                          ///< "12.4"; empty: any host driver
    double queueDelaySeconds = 4.0;                  ///< QUEUE_DELAY scaler
};

[[nodiscard]] QByteArray createBody(const EndpointSpec& spec, const CreateOptions& options);
[[nodiscard]] QByteArray scaleBody(int workersMin, int workersMax, std::chrono::seconds idleTimeout);

[[nodiscard]] Result<QList<GpuOffer>> readOffers(const QByteArray& body);
/// `queueBase` is used for the URL of an endpoint whose reply names none.
[[nodiscard]] Result<ProviderEndpoint> readEndpoint(const QByteArray& body, const QString& queueBase);
[[nodiscard]] Result<QList<ProviderEndpoint>> readEndpoints(const QByteArray& body, const QString& queueBase);
[[nodiscard]] Result<WorkerList> readWorkers(const QByteArray& body);
[[nodiscard]] Result<QList<BillingRecord>> readBilling(const QByteArray& body);
[[nodiscard]] QByteArray createVolumeBody(const QString& name, int sizeGb, const QString& dataCenter);
[[nodiscard]] QByteArray growVolumeBody(int sizeGb);
[[nodiscard]] Result<ProviderVolume> readVolume(const QByteArray& body);
[[nodiscard]] Result<QList<ProviderVolume>> readVolumes(const QByteArray& body);
[[nodiscard]] Result<QList<DataCenter>> readDataCenters(const QByteArray& body);
/// The data of one log event; what is not JSON becomes the line itself.
[[nodiscard]] ProviderLogLine readLogEvent(const QByteArray& id, const QByteArray& data);

/// Whether a setting's name says that its value is secret: such values do not leave this folder.
[[nodiscard]] bool isSecretName(const QString& name);

/// "RUNNING" ...; Unknown for a state that is new.
[[nodiscard]] WorkerStatus workerStatusFromString(const QString& text);

} // namespace visgate::runpod
