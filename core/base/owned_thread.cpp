// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/owned_thread.h"

#include "core/foundation/crypto/crypto_thread.h"

#include <QCoreApplication>
#include <QEvent>

namespace visgate {
namespace {

class LoopThread final : public QThread {
protected:
    void run() override
    {
        exec();
        // What was to be deleted by the loop may use the cryptography, which is told last that the thread ends.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        endCryptoOfThread();
    }
};

} // namespace

void ThreadStopper::operator()(QThread* thread) const
{
    thread->quit();
    thread->wait();
    delete thread;
}

OwnedThread startThread(const QString& name)
{
    OwnedThread thread(new LoopThread);
    thread->setObjectName(name);
    thread->start();
    return thread;
}

} // namespace visgate
