// Checking clearing files, and the cryptography of it alone. The keys are made from a fixed seed.
//
//   settle make RECORDS FOLDER          a day of FH files of 86 cities
//   settle check FOLDER OUT JOBS        prints: seconds, records, KiB of memory at most
//   settle cryptography FOLDER          the cards' keys and the TACs of the same records, on one core; prints the same
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <sys/resource.h>

#include <fmt/format.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/random.hpp"
#include "harness/clearing/results.hpp"
#include "harness/clearing/tac_batch.hpp"
#include "harness/clearing/traffic.hpp"

using namespace tongka;
using namespace tongka::harness::clearing;

namespace {

using Clock = std::chrono::steady_clock;

const Layout& fh() {
    static const Layout layout = load_layout(TONGKA_SOURCE_DIR "/testcases/clearing/FH.yaml").value();
    return layout;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().native().starts_with("FH"))
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void print(Clock::time_point begin, std::uint64_t records) {
    const std::chrono::duration<double> seconds = Clock::now() - begin;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    fmt::print("{:.4f} {} {}\n", seconds.count(), records, usage.ru_maxrss);
}

void make(TacKeys& keys, std::uint64_t records, const std::filesystem::path& folder) {
    TrafficSetup setup{.keys = &keys, .cities = {}, .records = records, .date = {0x20, 0x26, 0x11, 0x22}};
    for (core::Byte code = 0; code < 86; ++code)
        setup.cities.push_back({static_cast<core::Byte>(code / 10 << 4 | code % 10), 0x44});
    setup.jobs = 2;
    fmt::print("{}\n", make_traffic(fh(), setup, folder).value().records);
}

void check_all(TacKeys& keys, const std::filesystem::path& folder, const std::filesystem::path& out, unsigned jobs) {
    CheckSetup setup;
    setup.terms.keys = &keys;
    setup.terms.latest = {0x20, 0x26, 0x11, 0x22, 0x23, 0x59, 0x59};
    setup.temp = folder;
    setup.jobs = jobs;
    const auto files = files_in(folder);
    const auto begin = Clock::now();
    const auto findings = check(files, fh(), setup).value();
    const auto results = write_results(files, fh(), findings, out, jobs).value();
    print(begin, results.accepted);
}

void compute_all(TacKeys& keys, const std::filesystem::path& folder) {
    std::vector<Transaction> all;
    std::vector<Fault> faults;
    for (const auto& file : files_in(folder)) {
        auto reader = RecordReader::open(file, fh()).value();
        (void)reader.read(all, keep(faults), SIZE_MAX).value();
    }
    std::ranges::sort(all, {}, [](const Transaction& one) { return one.asn; });
    std::vector<std::array<core::Byte, 8>> cards;
    for (const Transaction& one : all)
        if (cards.empty() || cards.back() != one.asn)
            cards.push_back(one.asn);
    const core::Cipher& root = *keys.of(all.front().home_city).value(); // any root costs the same
    TacBatch batch;
    std::uint64_t right = 0;
    auto next = all.begin();
    const auto begin = Clock::now();
    for (std::size_t first = 0; first < cards.size(); first += TacBatch::most) {
        const auto some = std::span(cards).subspan(first, std::min(TacBatch::most, cards.size() - first));
        batch.derive(root, some);
        for (std::size_t card = 0; card < some.size(); ++card) {
            batch.choose(card);
            for (; next != all.end() && next->asn == some[card]; ++next)
                right += batch.tac(*next) == next->tac;
        }
    }
    if (right == 0) // the first city's own are
        std::exit(3);
    print(begin, all.size());
}

} // namespace

int main(int argc, char** argv) {
    core::SeededRandom random(1);
    core::MemoryKeyStore store(core::KeyOwner{});
    if (!core::new_national_store(store, random, core::Algorithm::triple_des))
        return 3;
    const auto keys = TacKeys::take(store).value();
    const std::string_view what = argc > 2 ? argv[1] : "";
    if (what == "make" && argc == 4)
        make(*keys, std::strtoull(argv[2], nullptr, 10), argv[3]);
    else if (what == "check" && argc == 5)
        check_all(*keys, argv[2], argv[3], static_cast<unsigned>(std::atoi(argv[4])));
    else if (what == "cryptography" && argc == 3)
        compute_all(*keys, argv[2]);
    else
        return 2;
}
