// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that ends beside the program itself.
#include "core/base/owned_thread.h"
#include "core/foundation/ids.h"

#include <QMetaObject>

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <pthread.h>
#include <semaphore>

namespace visgate {
namespace {

using namespace std::chrono_literals;

std::binary_semaphore programCleanedUp(0);
std::binary_semaphore threadGone(0);

void keepInThread(void (*atThreadEnd)(void*))
{
    pthread_key_t key{};
    pthread_key_create(&key, atThreadEnd);
    pthread_setspecific(key, &programCleanedUp);
}

/// What a busy computer does by chance: the thread's data are destroyed while OpenSSL cleans up after the program.
/// Keys are destroyed in the order of their making, exit handlers against it, so that OpenSSL's are in the middle.
[[noreturn]] void endWithALateThread()
{
    std::atexit([] {
        programCleanedUp.release();
        static_cast<void>(threadGone.try_acquire_for(10s));
    });
    OwnedThread thread = startThread(QStringLiteral("late"));
    QObject inThread;
    inThread.moveToThread(thread.get());
    QMetaObject::invokeMethod(
        &inThread,
        [] {
            keepInThread([](void*) { static_cast<void>(programCleanedUp.try_acquire_for(10s)); });
            static_cast<void>(randomHex(4));
            keepInThread([](void*) { threadGone.release(); });
        },
        Qt::BlockingQueuedConnection);
    thread.reset();
    std::exit(0);
}

TEST(OwnedThreadDeathTest, LeavesNothingToBeFreedTwice)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(endWithALateThread(), testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace visgate
