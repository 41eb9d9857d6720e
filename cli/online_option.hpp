#pragma once

#include <memory>

#include <CLI/App.hpp>

#include "core/keys/key_store.hpp"
#include "core/tls/context.hpp"
#include "simulator/terminal/online_line.hpp"
#include "simulator/terminal/online_socket.hpp"

namespace tongka::cli {

/// A line to a host and what it stands on.
struct OnlineConnection {
    core::SystemRandom random;
    core::SystemClock clock;
    std::unique_ptr<simulator::OnlineSocket> socket;
    std::unique_ptr<simulator::OnlineLine> line;
};

/// `--host HOST:PORT` and what goes with it.
struct OnlineOption {
    std::string host;
    std::string ca;
    core::tls::Identity identity;
    unsigned seconds = 10;

    void add_to(CLI::App& command, bool required);

    /// Connects with the first message. `store` is the terminal's key file (tongka issuer admit-terminal); `terminal`
    /// is its number in hexadecimal digits.
    [[nodiscard]] core::Result<std::unique_ptr<OnlineConnection>> open(core::KeyStore& store,
                                                                       const std::string& terminal) const;
};

} // namespace tongka::cli
