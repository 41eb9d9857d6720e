#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/device/open.hpp"
#include "harness/device/open_actor.hpp"
#include "harness/language/loader.hpp"
#include "harness/run/deviation_matrix.hpp"
#include "harness/run/run.hpp"

namespace tongka::harness {

/// A folder of one test, gone with it.
class Folder {
public:
    Folder() {
        static int count = 0;
        path_ = std::filesystem::path(testing::TempDir()) /
                ("tongka-run-" + std::to_string(getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// What a run left: its totals and the lines of its record.
struct Ran {
    RunTotals totals;
    std::vector<nlohmann::json> lines;
    std::string text;

    [[nodiscard]] std::vector<nlohmann::json> of_kind(const std::string& kind) const {
        std::vector<nlohmann::json> found;
        for (const auto& line : lines)
            if (line.at("kind") == kind)
                found.push_back(line);
        return found;
    }
};

inline const core::Profile& default_profile() {
    static const auto profile = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml").value();
    return profile;
}

inline const Declaration& default_declaration() {
    static const auto declaration =
        Declaration::load(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.ics.yaml").value();
    return declaration;
}

/// A profile of the suite with its declaration.
inline Setting setting_of(const std::string& name) {
    const auto folder = std::filesystem::path(TONGKA_SOURCE_DIR "/testcases/profiles");
    return {name, core::load_profile(folder / (name + ".yaml")).value(),
            Declaration::load(folder / (name + ".ics.yaml")).value()};
}

/// The profiles of the suite, the default one first.
inline std::vector<std::string> names_of_profiles() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(TONGKA_SOURCE_DIR "/testcases/profiles"))
        if (const auto stem = entry.path().stem(); entry.path().extension() == ".yaml" && stem.extension().empty())
            names.push_back(stem.string());
    std::ranges::sort(names, {}, [](const auto& name) { return std::pair(name != "city-union", name); });
    return names;
}

inline const LoadedSuite& our_suite() {
    static const auto suite = LoadedSuite::load(TONGKA_SOURCE_DIR "/testcases").value();
    return suite;
}

inline Devices simulated_devices(const std::string& deviation = {}, const core::Profile& profile = default_profile()) {
    Devices devices;
    OpenOptions options;
    options.deviation = deviation;
    devices.card = open_device("sim:card", Role::card, profile, options).value();
    devices.psam = open_device("sim:psam", Role::psam, profile, options).value();
    devices.isam = open_device("sim:isam", Role::isam, profile, options).value();
    return devices;
}

/// What is under test as a whole, simulated, with the devices it works with; these have no fault.
inline Devices simulated_actor(Role role, const std::string& deviation, const core::Profile& profile) {
    Devices devices;
    if (role != Role::file && role != Role::reader)
        devices = simulated_devices({}, profile);
    OpenOptions options;
    options.deviation = deviation;
    options.files.layouts = TONGKA_SOURCE_DIR "/testcases/clearing";
    auto actor = open_actor("sim:" + std::string(name(role)), role, profile, options).value();
    (role == Role::terminal ? devices.terminal
     : role == Role::file   ? devices.file
     : role == Role::host   ? devices.host
                            : devices.reader) = std::move(actor);
    return devices;
}

/// The cases that are about this role.
inline std::vector<std::string> cases_of(Role role) {
    std::vector<std::string> ids;
    for (const auto& test_case : our_suite().suite.cases)
        if (std::ranges::find(test_case.devices, role) != test_case.devices.end())
            ids.push_back(test_case.id);
    return ids;
}

/// What a run may be told besides suite and devices.
struct Told {
    std::string deviation{};
    std::vector<std::string> selection{};
    bool may_destroy = false;
    Attendant attendant{};
};

/// Runs a suite, or a selection of it, on these devices.
inline Ran run_told(const LoadedSuite& suite, const Devices& devices, const Told& told,
                    const Declaration& declaration = default_declaration(),
                    const core::Profile& profile = default_profile()) {
    const Folder folder;
    const core::SystemClock clock;
    auto plan =
        make_plan(suite.suite, suite.catalogue, declaration, profile.rules, told.selection, devices.given()).value();
    Ran ran;
    {
        auto record = RecordWriter::create(folder.file("record.jsonl")).value();
        ran.totals = run(std::move(plan),
                         {.suite = suite,
                          .profile = profile,
                          .declaration = declaration,
                          .devices = devices,
                          .clock = clock,
                          .deviation = told.deviation,
                          .selection = told.selection,
                          .may_destroy = told.may_destroy,
                          .attendant = told.attendant},
                         record)
                         .value();
    }
    std::ifstream file(folder.file("record.jsonl"));
    for (std::string line; std::getline(file, line);) {
        ran.lines.push_back(nlohmann::json::parse(line));
        ran.text += line + "\n";
    }
    return ran;
}

inline Ran run_suite(const LoadedSuite& suite, const Devices& devices, const std::string& deviation = {},
                     const Declaration& declaration = default_declaration(),
                     const core::Profile& profile = default_profile(), const std::vector<std::string>& selection = {}) {
    return run_told(suite, devices, Told{.deviation = deviation, .selection = selection}, declaration, profile);
}

/// A suite of these cases, with our catalogue.
inline LoadedSuite suite_of(const std::string& cases, const std::string& procedures = "[]") {
    auto suite = parse_suite({{cases, "cases.yaml", "cjt304"}}, {{procedures, "procedures.yaml", ""}});
    EXPECT_TRUE(suite) << suite.error().message;
    return {std::move(*suite), our_suite().catalogue, "00", {}};
}

} // namespace tongka::harness
