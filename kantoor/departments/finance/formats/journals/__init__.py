"""Plain-text ledgers: the journals of ledger, hledger and Beancount, read exactly and in bounds."""
