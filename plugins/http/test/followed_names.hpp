// Gives the functions of followed_curl.hpp the names that client code writes. Not guarded: it defines macros.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#define curl_easy_init ::tripwire::plugins::test::followed::init
#define curl_easy_setopt ::tripwire::plugins::test::followed::setopt
#define curl_easy_getinfo ::tripwire::plugins::test::followed::getinfo
#define curl_easy_perform ::tripwire::plugins::test::followed::perform
#define curl_easy_reset ::tripwire::plugins::test::followed::reset_handle
#define curl_easy_duphandle ::tripwire::plugins::test::followed::duphandle
#define curl_easy_cleanup ::tripwire::plugins::test::followed::cleanup
#define curl_easy_header ::tripwire::plugins::test::followed::header
#define curl_easy_nextheader ::tripwire::plugins::test::followed::nextheader
#define curl_mime_init ::tripwire::plugins::test::followed::mime_init
#define curl_mime_free ::tripwire::plugins::test::followed::mime_free
#define curl_mime_addpart ::tripwire::plugins::test::followed::mime_addpart
#define curl_mime_name ::tripwire::plugins::test::followed::mime_name
#define curl_mime_filename ::tripwire::plugins::test::followed::mime_filename
#define curl_mime_type ::tripwire::plugins::test::followed::mime_type
#define curl_mime_encoder ::tripwire::plugins::test::followed::mime_encoder
#define curl_mime_data ::tripwire::plugins::test::followed::mime_data
#define curl_mime_filedata ::tripwire::plugins::test::followed::mime_filedata
#define curl_mime_data_cb ::tripwire::plugins::test::followed::mime_data_cb
#define curl_mime_subparts ::tripwire::plugins::test::followed::mime_subparts
#define curl_mime_headers ::tripwire::plugins::test::followed::mime_headers
