// SPDX-License-Identifier: GPL-3.0-or-later
// How the form is laid out; what it does is in picture_form.cpp.
#include "ui/common/ui_settings.h"
#include "ui/studio/picture_form.h"
#include "ui/studio/seed_field.h"
#include "ui/studio/shape_row.h"
#include "ui/widgets/own_number.h"
#include "ui/widgets/price_button.h"
#include "ui/widgets/widgets.h"

#include <QAbstractButton>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QPlainTextEdit* makeWordsField(const QString& objectName, int lines)
{
    auto* field = new QPlainTextEdit;
    field->setObjectName(objectName);
    field->setTabChangesFocus(true);
    field->setFixedHeight(lines * field->fontMetrics().lineSpacing() + 24);
    return field;
}

QLabel* makeProblem(const QString& objectName)
{
    QLabel* label = makeLabel(TextStyle::Caption);
    label->setObjectName(objectName);
    label->setProperty("tone", u"bad"_s);
    label->hide();
    return label;
}

QSpinBox* makeSide(const QString& objectName)
{
    auto* box = new QSpinBox;
    box->setObjectName(objectName);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

PictureForm::PictureForm(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_promptCaption(makeLabel(TextStyle::Heading)),
      m_prompt(makeWordsField(u"nextPrompt"_s, 3)), m_promptProblem(makeProblem(u"promptProblem"_s)),
      m_shapes(new ShapeRow(context)), m_countRow(new QWidget), m_countCaption(makeLabel(TextStyle::Strong)),
      m_count(new QSpinBox), m_draw(new PriceButton), m_more(makeButton(ButtonKind::Plain))
{
    m_moreFields = makeMore();
    m_count->setObjectName(u"pictureCount"_s);
    m_draw->setObjectName(u"drawAnother"_s);
    m_draw->setProperty("button-size", u"price"_s);
    m_more->setObjectName(u"moreSettings"_s);
    m_more->setCheckable(true);
    auto* countRow = makeLayout<QHBoxLayout>(1);
    countRow->addWidget(m_countCaption, 1);
    countRow->addWidget(m_count);
    m_countRow->setLayout(countRow);
    auto* moreRow = makeLayout<QHBoxLayout>(0);
    moreRow->addWidget(m_more);
    moreRow->addStretch(1);

    auto* column = makeLayout<QVBoxLayout>(1.5);
    column->addWidget(m_promptCaption);
    column->addWidget(m_prompt);
    column->addWidget(m_promptProblem);
    column->addWidget(m_shapes);
    column->addWidget(m_countRow);
    column->addWidget(m_draw);
    column->addLayout(moreRow);
    column->addWidget(m_moreFields);
    setLayout(column);

    connectFields();
    showMore(m_context.settings.showsMoreOfDrawing());
    retranslate();
}

QWidget* PictureForm::makeMore()
{
    m_negativePart = new QWidget;
    m_negativeCaption = makeLabel(TextStyle::Strong);
    m_negative = makeWordsField(u"negativePrompt"_s, 2);
    m_negativeProblem = makeProblem(u"negativeProblem"_s);
    auto* negative = makeLayout<QVBoxLayout>(0.5);
    negative->addWidget(m_negativeCaption);
    negative->addWidget(m_negative);
    negative->addWidget(m_negativeProblem);
    m_negativePart->setLayout(negative);

    m_steps = new OwnNumber<QSpinBox>(u"steps"_s, 1);
    m_guidance = new OwnNumber<QDoubleSpinBox>(u"guidance"_s, 0.5);
    m_seed = new SeedField(m_context);
    m_ownAgain = makeButton(ButtonKind::Link);
    m_ownAgain->setObjectName(u"modelsOwn"_s);
    auto* resetRow = makeLayout<QHBoxLayout>(0);
    resetRow->addWidget(m_ownAgain);
    resetRow->addStretch(1);

    auto* fields = new QWidget;
    auto* column = makeLayout<QVBoxLayout>(1.5);
    column->addWidget(m_negativePart);
    column->addWidget(m_steps);
    column->addWidget(m_guidance);
    column->addWidget(m_seed);
    column->addWidget(makeOwnSize());
    column->addLayout(resetRow);
    fields->setLayout(column);
    return fields;
}

QWidget* PictureForm::makeOwnSize()
{
    m_sizePart = new QWidget;
    m_sizeCaption = makeLabel(TextStyle::Strong);
    m_width = makeSide(u"ownWidth"_s);
    m_height = makeSide(u"ownHeight"_s);
    auto* times = makeLabel(TextStyle::Muted);
    times->setText(u"×"_s);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->addWidget(m_width, 1);
    row->addWidget(times);
    row->addWidget(m_height, 1);
    auto* column = makeLayout<QVBoxLayout>(0.5);
    column->addWidget(m_sizeCaption);
    column->addLayout(row);
    m_sizePart->setLayout(column);
    return m_sizePart;
}

void PictureForm::connectFields()
{
    connect(m_draw, &QPushButton::clicked, this, &PictureForm::draw);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &PictureForm::draw);
    }
    for (QPlainTextEdit* words : {m_prompt, m_negative})
        connect(words, &QPlainTextEdit::textChanged, this, &PictureForm::showProblems);
    connect(m_shapes, &ShapeRow::chosen, this, [this](const QSize& size) {
        m_wanted.size = size;
        takeFields();
    });
    connect(m_count, &QSpinBox::valueChanged, this, &PictureForm::takeFields);
    m_steps->onChanged([this] { takeFields(); });
    m_guidance->onChanged([this] { takeFields(); });
    connect(m_seed, &SeedField::changed, this, &PictureForm::takeFields);
    for (QSpinBox* side : {m_width, m_height})
        connect(side, &QSpinBox::valueChanged, this, &PictureForm::takeOwnSize);
    connect(m_ownAgain, &QPushButton::clicked, this, &PictureForm::useModelsOwn);
    connect(m_more, &QPushButton::clicked, this, [this](bool shows) {
        m_context.settings.setShowsMoreOfDrawing(shows);
        showMore(shows);
    });
}

/// The buttons of the forms change with the model; they stand between the words and the number.
void PictureForm::orderTabs()
{
    QWidget* before = m_prompt;
    for (QAbstractButton* shape : m_shapes->buttons()) {
        setTabOrder(before, shape);
        before = shape;
    }
    setTabOrder(before, m_count);
}

} // namespace visgate::ui
