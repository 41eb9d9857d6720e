#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/issuer.hpp"
#include "cli/keys/keys_option.hpp"
#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "core/profile/profile.hpp"
#include "simulator/issuer/service/server.hpp"

namespace tongka::cli {
namespace {

constexpr int could_not_run = 2;

struct Typed {
    KeysOption keys;
    std::string accounts;
    std::string profile = "city-union";
    std::string listen = "127.0.0.1:0";
    core::tls::Identity identity;
    std::string ca;
    std::string log;
    unsigned idle = 60;
};

/// As parse_address, and port 0 takes any.
core::Result<simulator::Address> parse_listen(const std::string& text) {
    if (!text.ends_with(":0"))
        return simulator::parse_address(text);
    return simulator::Address{text.substr(0, text.size() - 2), 0};
}

/// SIGTERM and SIGINT as something to read. Handled, and not blocked as in a lab: the threads that stretched the pass
/// phrase are there before, and one of them would take the signal.
class Stop {
public:
    Stop() {
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return;
        read_ = simulator::Descriptor(ends[0]);
        written_ = ends[1];
        struct sigaction action {};
        action.sa_handler = [](int) { (void)!::write(written_, "", 1); };
        for (const int number : {SIGINT, SIGTERM})
            ::sigaction(number, &action, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    /// Readable when one has come; below zero where there are no descriptors left.
    [[nodiscard]] int descriptor() const { return read_.get(); }

private:
    static inline int written_ = -1; ///< until the process ends: a signal may come at any time
    simulator::Descriptor read_;
};

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

core::Result<void> serve(const Typed& typed) {
    core::SystemRandom random;
    const core::SystemClock clock;
    TONGKA_TRY(const auto address, parse_listen(typed.listen));
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    TONGKA_TRY(const auto tls, core::tls::server_context(typed.identity, typed.ca));
    TONGKA_TRY(const auto store, typed.keys.open(random));
    if (!store->owner().city)
        return core::fail(
            fmt::format("{}: a load host works with a city's keys; these are the centre's", typed.keys.store));
    TONGKA_TRY(auto accounts, simulator::Accounts::open(typed.accounts));

    std::unique_ptr<std::FILE, CloseFile> file;
    if (!typed.log.empty()) {
        file.reset(std::fopen(typed.log.c_str(), "a"));
        if (!file)
            return simulator::fail_with_errno(typed.log);
    }
    std::FILE* log = file ? file.get() : stderr;
    const auto write = [&](const std::string& line) {
        const auto now = core::to_bcd(std::chrono::floor<std::chrono::seconds>(clock.now()) + std::chrono::hours(8));
        fmt::print(log, "{} {} {}\n", core::to_hex(now.date), core::to_hex(now.time), line);
        std::fflush(log);
    };

    const Stop stop;
    if (stop.descriptor() < 0)
        return simulator::fail_with_errno("signals");
    simulator::Service service(accounts, *store, profile.rules, clock, random);
    TONGKA_TRY(auto server, simulator::Server::listen(address, tls, service, write,
                                                      {.lines = 256, .idle = std::chrono::seconds(typed.idle)}));
    fmt::print("listening on {}:{}\n", address.host, server.port());
    std::fflush(stdout);
    TONGKA_CHECK(server.run(stop.descriptor()));
    write("stopped by a signal");
    return {};
}

} // namespace

void add_issuer_serve(CLI::App& issuer, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = issuer.add_subcommand("serve", "Answers terminals until SIGTERM or SIGINT");
    typed->keys.add_to(*command);
    command->add_option("--accounts", typed->accounts, "The host's book (tongka issue card --accounts)")
        ->required()
        ->type_name("FILE");
    command->add_option("--listen", typed->listen, "Address and port; port 0 takes any, which is printed")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    command->add_option("--certificate", typed->identity.certificate, "The host's certificate and what leads to its CA")
        ->required()
        ->type_name("PEM");
    command->add_option("--key", typed->identity.key, "Its private key, not under a pass phrase")
        ->required()
        ->type_name("PEM");
    command->add_option("--ca", typed->ca, "Terminals must show a certificate that leads to this one")
        ->type_name("PEM");
    command->add_option("--profile", typed->profile, "The profile whose rules cards go by")
        ->type_name("PROFILE")
        ->capture_default_str();
    command->add_option("--log", typed->log, "Where each message gets a line (default: standard error)")
        ->type_name("FILE");
    command->add_option("--idle", typed->idle, "Close a line that brings no message for so many seconds")
        ->check(CLI::Range(1U, 86400U))
        ->capture_default_str();
    command->footer("Exit status: 0 stopped by a signal, 2 it could not serve.\n"
                    "Example: tongka issuer serve --keys 2144.keys --accounts book.db --listen 127.0.0.1:4433 "
                    "--certificate host.pem --key host.key");
    command->callback([typed, &exit_status] {
        auto end = serve(*typed);
        if (!end)
            fmt::print(stderr, "tongka issuer serve: {}\n", end.error().message);
        exit_status = end ? 0 : could_not_run;
    });
}

} // namespace tongka::cli
