#pragma once

#include <functional>
#include <list>
#include <poll.h>
#include <string>
#include <vector>

#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// The lab's end of the control socket: lines in, one answer line for each. It is driven by its owner's poll().
class ControlServer {
public:
    using Obey = std::function<std::string(std::string_view line)>;
    ControlServer(int listening, Obey obey) : listening_(listening), obey_(std::move(obey)) {}

    /// Appends what to poll for.
    void add_to(std::vector<pollfd>& polled) const;
    /// Serves whoever poll() found ready.
    void serve(const std::vector<pollfd>& polled);

private:
    struct Client {
        simulator::Descriptor socket;
        std::string unread;
    };
    /// False when the client is done with.
    bool serve(Client& client);

    int listening_;
    Obey obey_;
    std::list<Client> clients_;
};

} // namespace tongka::cli
