// SPDX-License-Identifier: GPL-3.0-or-later
// Every test executable's main except the GUI's, which needs a QApplication.
#include <gmock/gmock.h>

#ifdef VISGATE_WITH_QT
#include <QCoreApplication>
#endif

int main(int argc, char** argv)
{
    testing::InitGoogleMock(&argc, argv);
#ifdef VISGATE_WITH_QT
    const QCoreApplication application(argc, argv);
#endif
    return RUN_ALL_TESTS();
}
