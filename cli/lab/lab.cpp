#include "cli/lab/lab.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <poll.h>

#include <fmt/format.h>

#include "cli/lab/command.hpp"
#include "cli/lab/inside.hpp"
#include "cli/lab/keeper.hpp"

namespace tongka::cli {

namespace {

/// Without namespaces, where the system refuses them: said once, since cards then stay in.
core::Result<Keeper> start_keeper(LabPlan& plan, Workspace& workspace, EndingSignals& signals) {
    auto keeper = Keeper::start(plan, workspace, signals);
    if (keeper || !keeper.error().message.starts_with(refused))
        return keeper;
    fmt::print(stderr, "tongka lab: {}; removal and tearing are not available\n", keeper.error().message);
    plan.direction = Direction::connects_out;
    return Keeper::start(plan, workspace, signals);
}

void set_environment(const LabOptions& options, const Workspace& workspace) {
    ::setenv("TONGKA_LAB", workspace.directory().c_str(), 1);
    if (!options.attach)
        ::setenv("PCSCLITE_CSOCK_NAME", workspace.pcscd_socket().c_str(), 1);
}

/// Lines that a shell can read: assignments, the rest comments.
void tell(const LabPlan& plan, const Workspace& workspace) {
    if (plan.options.attach)
        fmt::print("# {}: in the reader at {}\n", plan.devices.front().slot, plan.options.attach->text());
    else
        fmt::print("export PCSCLITE_CSOCK_NAME={}\n", workspace.pcscd_socket().native());
    fmt::print("export TONGKA_LAB={}\n", workspace.directory().native());
    for (std::size_t i = 0; i < plan.layout.places.size() && !plan.options.attach; ++i)
        fmt::print("# {}: {}\n", plan.devices[i].slot, plan.layout.places[i].reader);
    fmt::print("# control socket: {}\n# Ctrl-C ends the lab\n", workspace.control_socket().native());
    std::fflush(stdout);
}

/// Until the command ends, a signal comes, or the keeper cannot go on.
core::Result<int> stand(const Keeper& keeper, EndingSignals& signals, Command* command) {
    while (true) {
        std::array<pollfd, 3> wait{{{signals.descriptor(), POLLIN, 0},
                                    {keeper.descriptor(), POLLIN, 0},
                                    {command != nullptr ? command->descriptor() : -1, POLLIN, 0}}};
        ::poll(wait.data(), wait.size(), -1);
        if (wait[2].revents != 0)
            return command->exit_status();
        if (auto signal = signals.take()) {
            // The command got Ctrl-C as well, and may live on: an interpreter with a prompt does.
            if (command != nullptr && signal->number == SIGINT && signal->from_terminal)
                continue;
            return 128 + signal->number;
        }
        if (wait[1].revents != 0)
            return core::fail(keeper.last_words());
    }
}

core::Result<int> run_in(const LabPlan& plan, Workspace& workspace, const Keeper& keeper, EndingSignals& signals) {
    if (plan.options.command.empty()) {
        tell(plan, workspace);
        return stand(keeper, signals, nullptr);
    }
    set_environment(plan.options, workspace);
    adopt_orphans();
    int exit_status = 0;
    auto command = Command::start(plan.options.command, signals, exit_status);
    if (!command) {
        if (exit_status == 0)
            return core::fail(command.error());
        fmt::print(stderr, "tongka lab: {}\n", command.error().message);
        return exit_status;
    }
    auto end = stand(keeper, signals, &*command);
    if (!command->has_ended())
        end_descendants(keeper.pid());
    return end;
}

} // namespace

core::Result<int> run_lab(const LabOptions& options) {
    if (options.attach && options.devices.size() != 1)
        return core::fail("--attach takes one device: --card, --psam, --isam, --echo or --reference");
    TONGKA_TRY(auto devices, make_devices(options.devices));
    TONGKA_TRY(auto layout, plan_readers(devices));
    LabPlan plan{options, std::move(devices), std::move(layout), {}};
    if (!options.attach)
        plan.identity = unprivileged_identity();
    if (!options.namespaces)
        plan.direction = Direction::connects_out;

    EndingSignals signals;
    TONGKA_TRY(auto workspace, Workspace::create(options.directory, plan.identity));
    TONGKA_TRY(auto keeper, start_keeper(plan, workspace, signals));
    return run_in(plan, workspace, keeper, signals);
}

} // namespace tongka::cli
