#include "harness/clearing/check.hpp"

#include <algorithm>
#include <atomic>
#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/clearing/parallel.hpp"
#include "harness/clearing/spool.hpp"

namespace tongka::harness::clearing {

/// Two bytes for each line of each file, in an unnamed file: verdict, notices. What was never written is accepted.
struct Findings::Store {
    std::filesystem::path folder;
    int file = -1;
    std::vector<std::uint64_t> begins; ///< of each file, in lines; and the end
    std::vector<std::uint8_t> touched; ///< by file: something was found in it

    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store() {
        if (file >= 0)
            ::close(file);
    }
};

namespace {

constexpr std::size_t batch = 4096;
/// How many transactions a partition holds about: with 112 bytes each, what a worker has in memory.
constexpr std::uint64_t partition_size = 1 << 16;

/// Every partition has a file open: as many as the system lets us have.
std::size_t most_partitions() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2048);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur > 200 ? std::min<std::size_t>(limit.rlim_cur - 100, 900) : 64;
}

bool carries(const Layout& layout, std::string_view member) {
    return std::ranges::any_of(layout.record.fields,
                               [&](const Field& field) { return field.means && field.means->name == member; });
}

/// Totals of one worker. A card's records come one after the other, and mostly from one pair of cities.
class Sums {
public:
    void add(const Transaction& transaction, Verdict verdict) {
        const Totals::key_type key{transaction.trading_city, transaction.home_city, verdict};
        if (last_ == all_.end() || last_->first != key)
            last_ = all_.try_emplace(key).first;
        last_->second.add(transaction);
    }
    [[nodiscard]] const Totals& all() const { return all_; }

private:
    Totals all_;
    Totals::iterator last_ = all_.end();
};

/// A whole check while it runs.
class Check {
public:
    Check(const std::vector<std::filesystem::path>& files, const Layout& layout, const CheckSetup& setup)
        : files_(files), layout_(layout), setup_(setup), terms_(setup.terms) {
        terms_.trading_cities.assign(files.size(), std::nullopt);
        terms_.has_tac = carries(layout, "tac");
        terms_.has_pos_serial = carries(layout, "pos-serial");
    }

    std::uint64_t bytes() const { return bytes_; }
    core::Result<Spool> make_spool();
    core::Result<void> distribute(Spool& spool, Findings& findings, std::vector<std::uint64_t>& lines,
                                  std::vector<std::uint8_t>& touched);
    /// `touched` is set for each file in which something is found.
    core::Result<void> judge_all(const Spool& spool, Findings& findings, const std::vector<std::uint64_t>& begins,
                                 int store, std::vector<std::uint8_t>& touched);

private:
    core::Result<void> distribute(std::uint32_t file, SpoolWriter& writer, Findings& findings, std::uint64_t& lines,
                                  std::uint8_t& touched);
    void tell(double done) {
        const std::lock_guard lock(mutex_);
        setup_.progress(done);
    }

    const std::vector<std::filesystem::path>& files_;
    const Layout& layout_;
    const CheckSetup& setup_;
    Terms terms_;
    std::uint64_t bytes_ = 0;
    std::atomic<std::uint64_t> bytes_read_ = 0;
    std::mutex mutex_;
};

core::Result<Spool> Check::make_spool() {
    for (const auto& file : files_) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file, error);
        if (error)
            return core::fail(fmt::format("{}: cannot be read: {}", file.native(), error.message()));
        bytes_ += size;
    }
    const std::uint64_t records = bytes_ / std::max<std::size_t>(layout_.record.width, 1);
    return Spool::create(setup_.temp, std::min<std::size_t>(records / partition_size + 1, most_partitions()));
}

core::Result<void> Check::distribute(std::uint32_t file, SpoolWriter& writer, Findings& findings, std::uint64_t& lines,
                                     std::uint8_t& touched) {
    TONGKA_TRY(auto reader, RecordReader::open(files_[file], layout_, file));
    terms_.trading_cities[file] = reader.city();
    const bool has_trading_city = carries(layout_, "trading-city");
    std::vector<Transaction> transactions;
    std::uint64_t bad_lines = 0;
    std::uint64_t file_faults = 0;
    const FaultSink faults = [&](const Fault& fault) {
        ++(fault.is_record ? bad_lines : file_faults);
        lines = std::max<std::uint64_t>(lines, fault.line);
    };
    for (bool more = true; more;) {
        transactions.clear();
        TONGKA_TRY(more, reader.read(transactions, faults, batch));
        for (Transaction& transaction : transactions) {
            if (!has_trading_city && terms_.trading_cities[file])
                transaction.trading_city = *terms_.trading_cities[file];
            TONGKA_CHECK(writer.add(transaction));
            lines = std::max<std::uint64_t>(lines, transaction.line);
        }
    }
    touched = bad_lines + file_faults > 0 ? 1 : 0;
    const std::lock_guard lock(mutex_);
    findings.records += reader.records();
    findings.records_of_file[file] = reader.records();
    findings.bad_lines += bad_lines;
    findings.file_faults += file_faults;
    return {};
}

core::Result<void> Check::distribute(Spool& spool, Findings& findings, std::vector<std::uint64_t>& lines,
                                     std::vector<std::uint8_t>& touched) {
    lines.assign(files_.size(), 0);
    findings.records_of_file.assign(files_.size(), 0);
    std::atomic<std::uint32_t> next = 0;
    return in_parallel(setup_.jobs, [&](std::atomic<bool>& stop) -> core::Result<void> {
        SpoolWriter writer(spool);
        for (std::uint32_t file = next++; file < files_.size() && !stop; file = next++) {
            TONGKA_CHECK(distribute(file, writer, findings, lines[file], touched[file]));
            std::error_code ignored;
            bytes_read_ += std::filesystem::file_size(files_[file], ignored);
            tell(0.5 * static_cast<double>(bytes_read_) / static_cast<double>(std::max<std::uint64_t>(bytes_, 1)));
        }
        return writer.flush();
    });
}

core::Result<void> Check::judge_all(const Spool& spool, Findings& findings, const std::vector<std::uint64_t>& begins,
                                    int store, std::vector<std::uint8_t>& touched) {
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    return in_parallel(setup_.jobs, [&](std::atomic<bool>& stop) -> core::Result<void> {
        std::vector<Judgement> judgements;
        Sums totals;
        std::map<Notice, std::uint64_t> notice_counts;
        for (std::size_t partition = next++; partition < spool.partitions() && !stop; partition = next++) {
            TONGKA_TRY(const auto transactions, spool.load(partition));
            TONGKA_CHECK(judge(transactions, terms_, judgements));
            for (std::size_t at = 0; at < transactions.size(); ++at) {
                const Transaction& one = transactions[at];
                const Judgement& judgement = judgements[at];
                totals.add(one, judgement.verdict);
                if (judgement.verdict == Verdict::accepted && !judgement.notices)
                    continue;
                for (const auto& notice : notices())
                    if (judgement.notices & static_cast<core::Byte>(notice.notice))
                        ++notice_counts[notice.notice];
                std::atomic_ref(touched[one.file]).store(1);
                TONGKA_CHECK(
                    write_all(store, &judgement, sizeof judgement, 2 * (begins[one.file] + one.line), setup_.temp));
            }
            tell(0.5 + 0.5 * static_cast<double>(++done) / static_cast<double>(spool.partitions()));
        }
        const std::lock_guard lock(mutex_);
        for (const auto& [key, amount] : totals.all()) {
            findings.totals[key].count += amount.count;
            findings.totals[key].sum += amount.sum;
        }
        for (const auto& [notice, count] : notice_counts)
            findings.notices[notice] += count;
        return {};
    });
}

} // namespace

core::Result<Findings> check(const std::vector<std::filesystem::path>& files, const Layout& layout,
                             const CheckSetup& setup) {
    if (!layout.has_transactions())
        return core::fail(fmt::format("layout {} holds no transactions that could be checked", layout.name));
    Check run(files, layout, setup);
    Findings findings;
    TONGKA_TRY(Spool spool, run.make_spool());
    auto store = std::make_shared<Findings::Store>();
    store->folder = setup.temp;
    TONGKA_TRY(store->file, unnamed_file(setup.temp));
    std::vector<std::uint64_t> lines;
    store->touched.assign(files.size(), 0);
    TONGKA_CHECK(run.distribute(spool, findings, lines, store->touched));
    store->begins.push_back(0);
    for (const std::uint64_t count : lines)
        store->begins.push_back(store->begins.back() + count + 1);
    TONGKA_CHECK(run.judge_all(spool, findings, store->begins, store->file, store->touched));
    findings.store_ = std::move(store);
    return findings;
}

bool Findings::is_clean(std::uint32_t file) const {
    return store_->touched[file] == 0;
}

core::Result<void> Findings::read(std::uint32_t file, std::uint32_t first_line, std::span<Judgement> into) const {
    static_assert(sizeof(Judgement) == 2);
    std::ranges::fill(into, Judgement{});
    char* at = reinterpret_cast<char*>(into.data());
    std::size_t left = into.size_bytes();
    std::uint64_t offset = 2 * (store_->begins[file] + first_line);
    while (left > 0) {
        const ssize_t got = ::pread(store_->file, at, left, static_cast<off_t>(offset));
        if (got < 0)
            return core::fail(fmt::format("{}: what was found cannot be read again", store_->folder.native()));
        if (got == 0) // all behind is accepted, and was never written
            break;
        at += got;
        left -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

} // namespace tongka::harness::clearing
