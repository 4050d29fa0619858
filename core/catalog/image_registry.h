// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/net/http_client.h"

#include <QCoroTask>
#include <QString>
#include <QUrl>

#include <memory>

namespace visgate {

/// Asks a container registry for an image: HEAD of its manifest, with an anonymous token where the
/// registry wants one (OCI distribution API). Lives on one thread.
///
/// Errors beyond those of HttpClient: InvalidRequest (no image name), WorkerImageUnknown (the image as argument),
/// ProviderRefused (private: it answers only to its owner), RateLimited, ProviderFailed, UnexpectedReply. Destroying
/// the object ends calls in flight with Cancelled.
class ImageRegistry {
public:
    /// `docker` stands for the registry of images whose name has no host; empty: Docker's own.
    explicit ImageRegistry(QUrl docker = {}, HttpClientSettings http = {});

    /// Its digest, "sha256:...", by which it stays the same whatever becomes of its tag; empty where the registry does
    /// not tell it.
    [[nodiscard]] QCoro::Task<Result<QString>> digest(QString image);

private:
    static QCoro::Task<Result<QString>> ask(
        HttpClient* http, std::weak_ptr<const bool> alive, HttpRequest request, QString image, QString repository);

    QUrl m_docker;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
    HttpClient m_http;
};

} // namespace visgate
