// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/item_models/picture_items.h"

#include <QListView>

namespace visgate::ui {

class Theme;

/// All results in one row that scrolls, newest first. The chosen one is the current one: by mouse, or by arrow keys.
class PictureStrip final : public Retranslated<QListView> {
    Q_OBJECT

public:
    PictureStrip(const Theme& theme, PictureItems& pictures, QWidget* parent = nullptr);
    void choose(int row);

Q_SIGNALS:
    void chosen(int row);

protected:
    void retranslate() override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
};

} // namespace visgate::ui
