#include "simulator/replies.hpp"

namespace lango::simulator {

namespace {

http::Response with_body(int status, const char* type, const char* body) {
    http::Response response;
    response.status = status;
    response.content_type = type;
    response.body = body;
    return response;
}

}  // namespace

http::Response apigee_fault() {
    return with_body(429, "application/json",
                     R"({"fault":{"faultstring":"Spike arrest violation. Allowed rate : )"
                     R"(MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, )"
                     R"(maxBurstMessageCount=1.0}","detail":{"errorcode":)"
                     R"("policies.ratelimit.SpikeArrestViolation"}}})");
}

http::Response html(int status) {
    return with_body(status, "text/html",
                     "<html><head><title>Request Rejected</title></head><body>The requested URL "
                     "was rejected. Your support ID is: 1123581321</body></html>");
}

http::Response soap_fault() {
    return with_body(500, "text/xml",
                     "<?xml version=\"1.0\"?><soapenv:Envelope xmlns:soapenv="
                     "\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><soapenv:Fault>"
                     "<faultcode>soapenv:Server</faultcode><faultstring>Internal Server "
                     "Error</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>");
}

http::Response empty(int status) { return with_body(status, "application/json", ""); }

}  // namespace lango::simulator
