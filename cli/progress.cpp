#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::cli {
namespace {

using harness::CaseResult;
using harness::Verdict;

constexpr auto between_drawings = std::chrono::milliseconds(50);
constexpr std::size_t widest_bar = 30;

std::size_t width_of_terminal() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

core::Text words_of(const CaseResult& result) {
    switch (result.verdict) {
    case Verdict::fail:
        return result.observation ? core::Text{"观察项", "observation"} : core::Text{"不通过", "fail"};
    case Verdict::error:
        return {"错误", "error"};
    case Verdict::inconclusive:
        return {"无结论", "inconclusive"};
    case Verdict::pass:
        break;
    }
    return {"通过", "pass"};
}

} // namespace

Progress::Progress(std::vector<std::string> names, bool on_terminal, core::Language language)
    : on_terminal_(on_terminal), language_(language) {
    for (auto& name : names) {
        bars_.emplace_back();
        bars_.back().name = std::move(name);
    }
}

Progress::~Progress() {
    wipe();
}

void Progress::begin(std::size_t run) {
    const std::lock_guard lock(mutex_);
    bars_[run].runs = true;
    if (!on_terminal_ && bars_.size() > 1)
        say(fmt::format("{}: {}", bars_[run].name, core::Text{"开始", "begins"}.in(language_)));
}

void Progress::advance(std::size_t run, std::size_t done, std::size_t all, const harness::Case& test_case,
                       const CaseResult& result) {
    const std::lock_guard lock(mutex_);
    auto& bar = bars_[run];
    bar.done = done;
    bar.all = all;
    bar.last = test_case.id;
    const bool passed = result.verdict == Verdict::pass;
    bar.failed += passed ? 0 : 1;
    if (!passed && (on_terminal_ || bars_.size() > 1)) {
        auto reason = language_ == core::Language::zh ? result.reason.zh : result.reason.en;
        std::ranges::replace(reason, '\n', ' ');
        say(fmt::format("{}{}{} {}: {}", bars_.size() > 1 ? bar.name : "", bars_.size() > 1 ? ": " : "",
                        words_of(result).in(language_), test_case.id, reason));
    }
    const auto now = std::chrono::steady_clock::now();
    if (on_terminal_ && (now - last_draw_ >= between_drawings || drawn_ == 0)) {
        last_draw_ = now;
        draw();
    }
}

void Progress::end(std::size_t run, const std::string& outcome) {
    const std::lock_guard lock(mutex_);
    bars_[run].ended = true;
    if (bars_.size() > 1)
        say(fmt::format("{}: {}", bars_[run].name, outcome));
    if (on_terminal_)
        draw();
}

void Progress::say(const std::string& line) {
    wipe();
    fmt::print(stderr, "{}\n", line);
}

void Progress::wipe() {
    if (drawn_ > 0)
        fmt::print(stderr, "\033[{}F\033[J", drawn_);
    drawn_ = 0;
}

void Progress::draw() {
    std::string text = drawn_ > 0 ? fmt::format("\033[{}F\033[J", drawn_) : std::string();
    drawn_ = 0;
    const auto width = width_of_terminal();
    for (const auto& bar : bars_)
        if (bar.runs && !bar.ended && bar.all > 0) {
            text += text_of(bar, width) + "\n";
            ++drawn_;
        }
    std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string Progress::text_of(const Bar& bar, std::size_t width) const {
    const auto cells = std::min(widest_bar, std::max<std::size_t>(width / 4, 4));
    const auto full = cells * bar.done / bar.all;
    auto text = fmt::format("{}{}[{:#<{}}{:.<{}}] {}/{}", bars_.size() > 1 ? bar.name : "", bars_.size() > 1 ? " " : "",
                            "", full, "", cells - full, bar.done, bar.all);
    if (bar.failed > 0)
        text += fmt::format(fmt::runtime(core::Text{" 未通过{}", " {} not passed"}.in(language_)), bar.failed);
    text += " " + bar.last;
    // A line that wraps would leave its rest behind. Ids and names of readers are of one column a byte.
    if (text.size() >= width)
        text.resize(width - 1);
    return text;
}

} // namespace tongka::cli
