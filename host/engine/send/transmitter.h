#pragma once

#include <optional>

#include "host/engine/chain/live_batch.h"
#include "host/engine/send/exchange.h"
#include "host/engine/send/run.h"
#include "host/engine/vendor/joint_requests.h"

namespace switchboard::engine {

/// Gets one request out, when its turn has come and the ledger says so, and its answer in. Thread-safe.
class Transmitter {
 public:
  explicit Transmitter(Run& run) : run_(run) {}

  /// The chain as its connector is shown it.
  Shown shown(const LiveChain& chain) const;
  /// Whether the chain's first request may be written down before it has a place: those who wait for one share the ledger's syncs, and
  /// with the vendor places are not held for them. Not where rates are waited for, or one goes first: then a machine that dies would
  /// leave more in doubt than could have been on its way.
  bool may_be_cleared(const LiveChain& chain) const;
  /// Writes that it may leave at any moment. False: the run is dead.
  bool clear(LiveChain& chain, const connectors::Request& request);

  /// "This chain will ask", where its next request is a question that may travel with others.
  JointRequests::Announcement announce(const LiveChain& chain) const;

  /// True where the chain's next request reads a list that others read, too, and it has not rested for that yet.
  bool may_rest(const LiveChain& chain) const;

  struct Transmission {
    enum class How {
      Answered,  ///< or it could not be sent, because of the connector
      NotYet,    ///< its turn had not come; now it may be encoded again, with the clock of the moment in which it leaves
      Stopped,   ///< it was not sent, because the run stops
      Dead,      ///< it was not sent, because the ledger cannot be written
    };
    How how = How::Answered;
    Received received = {};
  };
  Transmission transmit(LiveChain& chain, connectors::Request request, JointRequests::Announcement announced);

 private:
  /// True where the stop of the run is one for this chain too: a question may outlive some.
  bool stopped(const LiveChain& chain) const;
  /// Sends what nobody asked for in its stead. A page of a list is kept for the others.
  transport::HttpResponse send_now(LiveChain& chain, const Prepared& prepared, const std::string& page);
  /// Takes the bucket's next slot where it is free. False: it was not; now it may be.
  bool take_slot(const LiveChain& chain);
  /// Adds the credential. False: the chain is stopped, perhaps because there is none.
  bool authorised(const LiveChain& chain, Prepared& prepared);
  /// nullopt: it was not sent, because the run stops.
  std::optional<transport::HttpResponse> ask_jointly(const LiveChain& chain, const Question& question, Prepared& prepared,
                                                     JointRequests::Announcement announced);

  Run& run_;
};

}  // namespace switchboard::engine
