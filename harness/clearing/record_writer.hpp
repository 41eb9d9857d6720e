#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/output_file.hpp"
#include "harness/clearing/layout.hpp"
#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {

/// Writes a file of a layout. It appears under its name when finish() has filled in the count, whole or not at all.
class RecordWriter {
public:
    using HeadValues = std::vector<std::pair<std::string, std::string>>;

    /// `name`: what the header tells. `layout` must outlive the writer.
    [[nodiscard]] static core::Result<RecordWriter> create(const std::filesystem::path& path, const Layout& layout,
                                                           const FileName& name);

    /// The same, with a header that says what another file's says (RecordReader::head), counts and sums apart.
    [[nodiscard]] static core::Result<RecordWriter> create_like(const std::filesystem::path& path, const Layout& layout,
                                                                const HeadValues& head);

    /// An Error where a value does not fit into its field, or the file is full (Layout::most_records).
    [[nodiscard]] core::Result<void> write(const Transaction& transaction);

    /// A record as it stands, without its line end; `amount` goes into the sum.
    [[nodiscard]] core::Result<void> write_raw(std::string_view record, std::uint64_t amount = 0);

    [[nodiscard]] core::Result<void> finish();

    [[nodiscard]] std::uint64_t records() const { return records_; }

private:
    [[nodiscard]] core::Result<void> begin();
    RecordWriter(const Layout& layout, FileName name, std::filesystem::path path, core::OutputFile file);
    [[nodiscard]] core::Result<std::string> special_lines(const std::vector<Line>& lines) const;
    [[nodiscard]] core::Result<void> flush();

    const Layout* layout_;
    FileName name_;
    HeadValues head_; ///< instead of name_, where there are some
    std::filesystem::path path_;
    core::OutputFile file_;
    std::string buffer_;
    std::string record_;
    std::uint64_t records_ = 0;
    std::uint64_t sum_ = 0;
    std::uint64_t most_;
};

} // namespace tongka::harness::clearing
