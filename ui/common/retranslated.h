// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>

namespace visgate::ui {

/// A widget whose words follow the language while it lives: retranslate() sets every text it shows, and is called by
/// the constructor of the final class once and then on each change of language.
template <typename Base> class Retranslated : public Base {
public:
    using Base::Base;

protected:
    virtual void retranslate() = 0;

    void changeEvent(QEvent* event) override
    {
        if (event->type() == QEvent::LanguageChange)
            retranslate();
        Base::changeEvent(event);
    }
};

} // namespace visgate::ui
