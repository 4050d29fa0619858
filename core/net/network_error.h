// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <QNetworkReply>
#include <QString>
#include <QUrl>

namespace visgate {

/// Whether this is only Qt's name for an HTTP status: the reply came whole.
[[nodiscard]] bool isHttpStatusError(QNetworkReply::NetworkError error);

/// The typed form of a reply that never came. `detail` names host and cause; queries and credentials of the URL stay
/// out of it. NetworkUnreachable, NetworkTimeout (each with the host as argument), TlsFailed, UnexpectedReply.
[[nodiscard]] Error networkError(QNetworkReply::NetworkError error, const QUrl& url, const QString& cause);

/// NetworkTimeout with the host as argument.
[[nodiscard]] Error timeoutError(const QUrl& url);

} // namespace visgate
