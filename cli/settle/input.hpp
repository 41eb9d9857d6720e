#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/keys/keys_option.hpp"
#include "core/random.hpp"
#include "harness/clearing/check.hpp"
#include "harness/clearing/layout.hpp"

namespace tongka::cli {

/// The layouts of the suite.
[[nodiscard]] core::Result<std::vector<harness::clearing::Layout>> suite_layouts();

/// The layout that was named, or that the file's name tells.
[[nodiscard]] core::Result<const harness::clearing::Layout*>
choose_layout(const std::vector<harness::clearing::Layout>& layouts, const std::string& name,
              const std::filesystem::path& file);

/// BCD YYYYMMDD of a day that exists; empty text: today, China Standard Time.
[[nodiscard]] core::Result<std::array<core::Byte, 4>> day(const std::string& text, std::string_view option);

/// The number of processors.
[[nodiscard]] unsigned all_processors();

/// `Checking… 42 %` on a terminal; nothing in a pipe.
[[nodiscard]] std::function<void(double)> percentage(const std::string& what);

/// Files, layout, keys and lists of the commands that check.
class SettleInput {
public:
    void add_to(CLI::App& command);
    /// Files and layout alone, for commands that do not check.
    void add_files_to(CLI::App& command);

    /// Looks for the files and their layout; check() does so itself.
    [[nodiscard]] core::Result<void> find();

    /// Checks the files; faults of the lists go to standard error. The Input must outlive what it gives.
    [[nodiscard]] core::Result<harness::clearing::Findings> check();

    [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return files_; }
    [[nodiscard]] const harness::clearing::Layout& layout() const { return *layout_; }
    [[nodiscard]] const std::vector<harness::clearing::Layout>& layouts() const { return layouts_; }
    [[nodiscard]] unsigned jobs() const { return jobs_; }

private:
    [[nodiscard]] core::Result<void> find_files();
    [[nodiscard]] core::Result<harness::clearing::Terms> terms();

    std::vector<std::string> paths_;
    std::string layout_name_;
    KeysOption keys_;
    std::string blacklist_;
    std::string blacklist_layout_ = "blacklist";
    std::string cities_;
    std::string date_;
    std::string temp_;
    unsigned jobs_ = all_processors();

    std::vector<std::filesystem::path> files_;
    std::vector<harness::clearing::Layout> layouts_;
    const harness::clearing::Layout* layout_ = nullptr;
    core::SystemRandom random_;
    std::unique_ptr<core::KeyStore> store_;
    std::unique_ptr<harness::clearing::TacKeys> tac_keys_;
};

} // namespace tongka::cli
