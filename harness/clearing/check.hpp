#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "harness/clearing/judge.hpp"
#include "harness/clearing/record_reader.hpp"

namespace tongka::harness::clearing {

/// How many, and how much money in fen.
struct Amount {
    std::uint64_t count = 0;
    std::uint64_t sum = 0;

    void add(const Transaction& transaction) {
        ++count;
        sum += transaction.amount;
    }
    [[nodiscard]] bool operator==(const Amount&) const = default;
};

/// By trading city, home city and verdict. Bad lines tell no city.
using Totals = std::map<std::tuple<TacKeys::City, TacKeys::City, Verdict>, Amount>;

struct CheckSetup;

/// What a check has found, for every record of every file.
class Findings {
public:
    /// The judgements of the lines of a file from `first_line` on. Lines that are no record, or a bad one, stand as
    /// accepted: whoever reads the file again is told of them by RecordReader.
    [[nodiscard]] core::Result<void> read(std::uint32_t file, std::uint32_t first_line,
                                          std::span<Judgement> into) const;

    /// Whether every line of the file is as it must be, without a notice.
    [[nodiscard]] bool is_clean(std::uint32_t file) const;

    Totals totals;
    std::uint64_t records = 0; ///< in all files, bad lines too
    std::vector<std::uint64_t> records_of_file;
    std::uint64_t bad_lines = 0;
    std::uint64_t file_faults = 0; ///< of headers, counts, names: no record is refused for them
    std::map<Notice, std::uint64_t> notices;

private:
    friend core::Result<Findings> check(const std::vector<std::filesystem::path>&, const Layout&, const CheckSetup&);
    struct Store;
    std::shared_ptr<Store> store_;
};

struct CheckSetup {
    Terms terms;                                               ///< trading_cities and has_… are filled in
    std::filesystem::path temp;                                ///< a folder with room for 0.6 of the files' size
    unsigned jobs = 1;                                         ///< threads
    std::function<void(double done)> progress = [](double) {}; ///< from 0 to 1; called by one thread at a time
};

/// Judges all records of the files. Memory does not grow with them: what belongs together goes by card through
/// partitions on disk. An Error where a file cannot be read, or the disk is full.
[[nodiscard]] core::Result<Findings> check(const std::vector<std::filesystem::path>& files, const Layout& layout,
                                           const CheckSetup& setup);

} // namespace tongka::harness::clearing
