#include "harness/clearing/city_files.hpp"

#include "core/hex.hpp"

namespace tongka::harness::clearing {

core::Result<void> CityFiles::write(const TacKeys::City& city, const Transaction& transaction) {
    Open& open = cities_[city];
    if (open.writer && open.writer->records() == layout_->most_records())
        TONGKA_CHECK(finish(open));
    if (!open.writer) {
        const FileName name{
            .date = core::to_hex(settle_date_), .city = core::to_hex(city), .serial = std::to_string(++open.serial)};
        TONGKA_TRY(auto writer, RecordWriter::create(folder_ / make_file_name(*layout_, name), *layout_, name));
        open.writer.emplace(std::move(writer));
    }
    return open.writer->write(transaction);
}

core::Result<std::uint64_t> CityFiles::finish() {
    for (auto& [city, open] : cities_)
        TONGKA_CHECK(finish(open));
    return files_;
}

core::Result<void> CityFiles::finish(Open& open) {
    if (!open.writer)
        return {};
    TONGKA_CHECK(open.writer->finish());
    open.writer.reset();
    ++files_;
    return {};
}

} // namespace tongka::harness::clearing
