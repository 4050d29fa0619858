// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/foundation/result.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace visgate::ui {

/// What stands in the user's accounts and was not made here: it may cost money, and nobody here touches it. Hidden
/// while there is none.
class OtherEndpoints final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit OtherEndpoints(const UiContext& context, QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    void reload();
    [[nodiscard]] QWidget* makeRow(const AccountEndpoint& endpoint) const;

    const UiContext& m_context;
    QList<AccountEndpoint> m_endpoints;
    QLabel* m_title;
    QLabel* m_note;
    QVBoxLayout* m_rows;
};

} // namespace visgate::ui
