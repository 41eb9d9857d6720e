// What writing the record costs: the suite over PC/SC with its record on disk, and without one, by turns on the same
// devices. Runs under `tongka lab` with card and PSAM.
//
//   record_cost FOLDER PAIRS     prints a line for each pair: seconds with, seconds without, bytes of the record
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "harness/device/open.hpp"
#include "harness/run/run.hpp"

using namespace tongka;
using namespace tongka::harness;

namespace {

/// What a measurement cannot do without.
template <typename T>
T need(core::Result<T> result) {
    if (!result) {
        fmt::print(stderr, "record_cost: {}\n", result.error().message);
        std::exit(2);
    }
    return std::move(*result);
}

class Measurement {
public:
    explicit Measurement(const std::filesystem::path& data)
        : suite_(need(LoadedSuite::load(data))), profile_(need(core::load_profile(data / "profiles/city-union.yaml"))),
          declaration_(need(
              Declaration::load(data / "profiles/city-union.ics.yaml", need(Proformas::load(data / "proforma"))))) {
        devices_.card = need(open_device("pcsc:Tongka Card", Role::card, profile_, {}));
        devices_.psam = need(open_device("pcsc:Tongka PSAM", Role::psam, profile_, {}));
    }

    double seconds(RecordWriter record) const {
        const auto begin = std::chrono::steady_clock::now();
        const auto plan =
            need(make_plan(suite_.suite, suite_.catalogue, declaration_, profile_.rules, {}, devices_.given()));
        const auto totals = need(run(plan,
                                     {.suite = suite_,
                                      .profile = profile_,
                                      .declaration = declaration_,
                                      .devices = devices_,
                                      .clock = clock_,
                                      .deviation = {},
                                      .selection = {}},
                                     record));
        if (totals.fail + totals.error > 0 || !totals.stopped.empty())
            need<int>(core::fail(fmt::format("the run is not right: {}", totals.stopped)));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }

private:
    LoadedSuite suite_;
    core::Profile profile_;
    Declaration declaration_;
    Devices devices_;
    core::SystemClock clock_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: record_cost FOLDER PAIRS\n");
        return 2;
    }
    const Measurement measurement(TONGKA_SOURCE_DIR "/testcases");
    for (int pair = 0; pair < std::atoi(argv[2]); ++pair) {
        const auto file = std::filesystem::path(argv[1]) / fmt::format("{}.jsonl", pair);
        const auto with = [&] { return measurement.seconds(need(RecordWriter::create(file))); };
        const auto without = [&] { return measurement.seconds(RecordWriter::none()); };
        // Whichever comes first has the caches as the pair before left them: they take turns.
        double on = 0;
        double off = 0;
        if (pair % 2 == 0) {
            on = with();
            off = without();
        } else {
            off = without();
            on = with();
        }
        fmt::print("{:.4f} {:.4f} {}\n", on, off, std::filesystem::file_size(file));
    }
}
