// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/preflight_view.h"

#include "core/domain/errors/error_catalog.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

struct LevelLook {
    QString icon;
    Ink ink;
};

LevelLook lookOf(PreflightLevel level)
{
    switch (level) {
    case PreflightLevel::Ok:
        return {u"ready"_s, Ink::Good};
    case PreflightLevel::Warning:
        return {u"warning"_s, Ink::Warning};
    case PreflightLevel::Blocked:
        return {u"failed"_s, Ink::Bad};
    }
    return {u"info"_s, Ink::Muted};
}

bool isSame(const PreflightLine& a, const PreflightLine& b)
{
    const auto code = [](const PreflightLine& line) { return line.error ? line.error->code : ErrorCode::Internal; };
    return a.id == b.id && a.level == b.level && a.title == b.title && a.detail == b.detail && code(a) == code(b);
}

} // namespace

PreflightView::PreflightView(const Theme& theme, const Language& language, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_language(language), m_lines(makeLayout<QVBoxLayout>(1))
{
    setLayout(m_lines);
}

void PreflightView::clear()
{
    m_shown = {};
    clearRows(*m_lines);
}

void PreflightView::show(const PreflightReport& report)
{
    // Asked again and again while something is in the way: what has not changed keeps its place and the focus.
    if (std::equal(m_shown.lines.cbegin(), m_shown.lines.cend(), report.lines.cbegin(), report.lines.cend(), isSame))
        return;
    clear();
    m_shown = report;
    for (const PreflightLine& line : report.lines)
        m_lines->addWidget(makeLine(line));
}

QWidget* PreflightView::makeLine(const PreflightLine& line)
{
    auto* row = new QWidget;
    row->setObjectName(u"preflight_"_s + line.id);
    const LevelLook look = lookOf(line.level);
    auto* layout = makeLayout<QHBoxLayout>(1);
    layout->addWidget(new IconLabel(m_theme.icon(look.icon, look.ink), 20), 0, Qt::AlignTop);
    auto* words = makeLayout<QVBoxLayout>(0.25);
    auto* title = makeLabel(line.level == PreflightLevel::Ok ? TextStyle::Body : TextStyle::Strong);
    title->setText(line.title);
    words->addWidget(title);
    const bool blocked = line.level == PreflightLevel::Blocked && line.error;
    const ErrorText error = line.error ? m_language.format().describe(*line.error) : ErrorText{};
    const QString detail = blocked ? error.message : line.detail;
    if (!detail.isEmpty()) {
        auto* text = makeLabel(TextStyle::Caption);
        text->setText(m_language.format().figures(detail));
        words->addWidget(text);
    }
    if (error.action != RemedyAction::None && !error.button.isEmpty()) {
        auto* fix = makeButton(ButtonKind::Normal);
        fix->setObjectName(u"fix_"_s + line.id);
        fix->setText(error.button);
        connect(fix, &QPushButton::clicked, this, [this, problem = *line.error] { Q_EMIT fixRequested(problem); });
        auto* left = makeLayout<QHBoxLayout>(0);
        left->addWidget(fix);
        left->addStretch(1);
        words->addLayout(left);
    }
    layout->addLayout(words, 1);
    row->setLayout(layout);
    return row;
}

} // namespace visgate::ui
