// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/foundation/error.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

#include <array>
#include <functional>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace visgate::ui {

class Badge;
class BusyBar;
class MessageBar;

/// The user's own bucket, to which results go that are too big for a direct return: where it is, its key, a trial.
class StorageCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit StorageCard(const UiContext& context, QWidget* parent = nullptr);
    /// The cursor goes into the first field.
    void startEdit();

protected:
    void retranslate() override;

private:
    enum Field { Endpoint, Region, Bucket, Prefix, KeyId, SecretKey, FieldCount };
    struct Row {
        const char* name; ///< as the service names it
        QLabel* caption;
        QLineEdit* edit;
        QLabel* problem; ///< in words, below; hidden while there is none
    };

    [[nodiscard]] QVBoxLayout* makeRow(Field field);
    [[nodiscard]] QHBoxLayout* makePair(Field left, Field right);
    [[nodiscard]] Row& row(Field field) { return m_rows.at(static_cast<std::size_t>(field)); }
    [[nodiscard]] QString text(Field field) const;
    [[nodiscard]] StorageSettings typed() const;
    [[nodiscard]] bool isChanged() const;
    /// Says below the field of this name what is wrong and puts the cursor there; false if there is none.
    bool mark(const QString& name);
    void unmark();
    void nameField(Field field, const QString& caption, const QString& placeholder);
    [[nodiscard]] QString problemOf(Field field) const;
    /// The first field that has to be filled in or put right; empty if all can be stored.
    [[nodiscard]] QString fieldToMend() const;

    void reload();
    void take(const StorageState& state);
    void save();
    void test();
    void forget();
    void setBusy(bool busy);
    void report(const Error& error, const std::function<void()>& again);

    const UiContext& m_context;
    StorageState m_state;
    bool m_busyNow = false;
    std::array<Row, FieldCount> m_rows;
    int m_marked = -1;
    QLabel* m_title;
    Badge* m_badge;
    QLabel* m_purpose;
    QCheckBox* m_sessionOnly;
    QLabel* m_where;
    QPushButton* m_save;
    QPushButton* m_test;
    QPushButton* m_forget;
    QLabel* m_testNote;
    BusyBar* m_busy;
    MessageBar* m_message;
};

} // namespace visgate::ui
