package org.supercargo.cli.kill;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.supercargo.engine.store.JournalRow;
import org.supercargo.engine.store.StoreTransaction;

/// Tells which events a transaction appends to the journal, and changes nothing.
record WatchedTransaction(StoreTransaction transaction, Consumer<String> events) {
  StoreTransaction asTransaction() {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            StoreTransaction.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            this::call);
  }

  private @Nullable Object call(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments.length == 1 && arguments[0] instanceof JournalRow row) {
      events.accept(row.type());
    }
    try {
      return method.invoke(transaction, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
