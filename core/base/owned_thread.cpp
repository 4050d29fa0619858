// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/owned_thread.h"

namespace visgate {

void ThreadStopper::operator()(QThread* thread) const
{
    thread->quit();
    thread->wait();
    delete thread;
}

OwnedThread startThread(const QString& name)
{
    OwnedThread thread(new QThread);
    thread->setObjectName(name);
    thread->start();
    return thread;
}

} // namespace visgate
