// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>

namespace visgate::sockets {

using Stream = boost::asio::generic::stream_protocol::socket;

} // namespace visgate::sockets
