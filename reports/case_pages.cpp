#include "reports/case_pages.hpp"

#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "reports/html.hpp"
#include "reports/html_tables.hpp"
#include "reports/html_text.hpp"
#include "reports/html_trace.hpp"
#include "reports/templates/templates.hpp"

namespace tongka::reports {
namespace {

namespace fs = std::filesystem;
using core::Language;
using core::Text;

/// One page: opened with the case and what it covers, closed with the names that its lines use.
class Page {
public:
    Page(const fs::path& file, const Summary& summary, std::size_t index, std::size_t part, Language language)
        : file_(file), out_(file, std::ios::binary), index_(index), part_(part), trace_(out_) {
        fmt::print(out_,
                   "<!doctype html>\n<html lang=\"{}\" data-lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                   "http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n"
                   "<body>\n<nav class=\"bar\"><div class=\"inner\"><a class=\"brand\" "
                   "href=\"../report.html#case-{}\"><b>通卡</b> Tongka</a><ul><li><a "
                   "href=\"../report.html#case-{}\">{}</a></li>",
                   language == Language::zh ? "zh-CN" : "en", language == Language::zh ? "zh" : "en", content_policy(),
                   escaped(summary.cases[index].id), templates::style, index, index, both(Text{"报告", "Report"}));
        if (part > 0)
            fmt::print(out_, "<li><a href=\"{}\">{}</a></li>", case_page(index, part - 1),
                       both(Text{"上一页", "Previous page"}));
        fmt::print(out_,
                   "</ul><div class=\"switch\" role=\"group\" aria-label=\"语言 Language\"><button type=\"button\" "
                   "data-set-lang=\"zh\">中文</button><button type=\"button\" data-set-lang=\"en\">English</button>"
                   "</div></div></nav>\n<main id=\"top\">\n");
        write_case_alone(out_, summary, index);
        trace_.begin(index);
    }

    [[nodiscard]] bool is_full() const { return lines_ == lines_of_case_page; }
    void take(const RecordLine& line) { lines_ += trace_.take(line) ? 1 : 0; }

    [[nodiscard]] core::Result<void> close(bool more) {
        trace_.end();
        trace_.write_names();
        if (more)
            fmt::print(out_, "<p class=\"next\"><a href=\"{}\">{}</a></p>\n", case_page(index_, part_ + 1),
                       both(Text{"下一页", "Next page"}));
        out_ << "</main>\n<script>" << templates::script << "</script>\n</body>\n</html>\n";
        out_.close();
        if (!out_)
            return core::fail(fmt::format("{}: cannot be written", file_.string()));
        return {};
    }

private:
    fs::path file_;
    std::ofstream out_;
    std::size_t index_;
    std::size_t part_;
    std::size_t lines_ = 0;
    TraceWriter trace_;
};

/// The page that a line goes to: another one where it is full.
core::Result<void> turn_over(std::optional<Page>& page, const fs::path& folder, const Summary& summary,
                             std::size_t index, std::size_t& part, Language language) {
    if (!page->is_full())
        return {};
    TONGKA_CHECK(page->close(true));
    ++part;
    page.emplace(folder / case_page(index, part), summary, index, part, language);
    return {};
}

core::Result<void> write_pages(const fs::path& folder, const Summary& summary, std::size_t index, RecordPieces& record,
                               Language language) {
    std::size_t part = 0;
    std::optional<Page> page;
    page.emplace(folder / case_page(index, part), summary, index, part, language);
    const auto take = [&](const RecordLine& line) {
        auto turned = turn_over(page, folder, summary, index, part, language);
        if (turned)
            page->take(line);
        return turned;
    };
    for (const auto& span : summary.cases[index].spans)
        TONGKA_CHECK(record.visit(span, take));
    return page->close(false);
}

} // namespace

core::Result<void> write_case_pages(const fs::path& folder, const Summary& summary, RecordPieces& record,
                                    Language language) {
    const auto beside = fs::path(folder).concat(".part");
    std::error_code wrong;
    fs::remove_all(beside, wrong);
    fs::create_directory(beside, wrong);
    if (wrong)
        return core::fail(fmt::format("{}: cannot be made: {}", beside.string(), wrong.message()));
    for (std::size_t i = 0; i < summary.cases.size(); ++i)
        if (!summary.cases[i].spans.empty())
            if (auto written = write_pages(beside, summary, i, record, language); !written) {
                fs::remove_all(beside, wrong);
                return written;
            }
    fs::remove_all(folder, wrong);
    fs::rename(beside, folder, wrong);
    if (wrong)
        return core::fail(fmt::format("{}: cannot be put in place: {}", folder.string(), wrong.message()));
    return {};
}

} // namespace tongka::reports
